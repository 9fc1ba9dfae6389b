package org.lesionstream.trainer.data;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.TilePlan.Tile;
import org.lesionstream.schemas.image.TilePlan.Window;
import org.lesionstream.schemas.image.Tiler;

/**
 * Cuts one network input out of a prepared sample: a random window of a larger picture, the mirrored picture where it is smaller.
 *
 * <p>The cut and the mirroring are the worker's {@link Tiler}. Picture and mask of the result both have the size of the network's
 * input; a network that returns less than it reads compares with the middle of the mask.
 */
public final class TrainingWindow implements SampleTransform {

    private final InputSpec spec;
    private final int lostRows;
    private final int lostColumns;

    public TrainingWindow(InputSpec spec) {
        this.spec = spec;
        this.lostRows = (spec.height() - spec.outputHeight()) / 2;
        this.lostColumns = (spec.width() - spec.outputWidth()) / 2;
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        PixelGrid image = sample.image();
        if (image.height() == spec.height() && image.width() == spec.width() && spec.padded()) {
            return sample;
        }
        int row = start(image.height(), spec.outputHeight(), random) - lostRows;
        int column = start(image.width(), spec.outputWidth(), random) - lostColumns;
        Window input = new Window(row, column, spec.height(), spec.width());
        Tile tile = new Tile(0, input, input, 0, 0);
        byte[] pixels = new byte[spec.tileBytes()];
        Tiler.cut(image, tile, pixels, 0);
        byte[] labels = new byte[spec.height() * spec.width()];
        Tiler.cut(asGrid(sample.mask()), tile, labels, 0);
        return new Sample(
                new PixelGrid(spec.height(), spec.width(), spec.channels(), spec.type(), pixels, Optional.empty()),
                new LabelMask(spec.height(), spec.width(), labels));
    }

    private static int start(int length, int output, RandomGenerator random) {
        return length <= output ? 0 : random.nextInt(length - output + 1);
    }

    private static PixelGrid asGrid(LabelMask mask) {
        return new PixelGrid(mask.height(), mask.width(), 1, SampleType.UINT8, mask.labels(), Optional.empty());
    }
}
