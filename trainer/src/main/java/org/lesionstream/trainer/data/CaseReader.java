package org.lesionstream.trainer.data;

import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * Files to prepared pictures, through the decoder and the geometry of the worker.
 *
 * <ul>
 *   <li>{@link #sample} is what a network learns from: the mask follows the picture to its prepared size.
 *   <li>{@link #source} is what a prediction is judged against: picture and mask as they were stored.
 *   <li>Stateless, so it may be shared between threads.
 * </ul>
 */
public final class CaseReader {

    private final PictureFiles files = new PictureFiles();
    private final InputSpec spec;
    private final MaskReader masks;

    /**
     * @param spec what the network wants
     * @param labels how many labels exist, background included
     */
    public CaseReader(InputSpec spec, int labels) {
        this.spec = spec;
        this.masks = new MaskReader(files, labels);
    }

    /** The prepared picture with its mask at the same size; the mask takes the nearest source pixel where sizes differ. */
    public Sample sample(CaseFiles paths) {
        Sample source = source(paths);
        PixelGrid prepared = Geometry.prepare(source.image(), spec);
        return new Sample(prepared, nearest(source.mask(), prepared.height(), prepared.width()));
    }

    /**
     * The decoded picture with its mask, both at source size.
     *
     * @throws IllegalArgumentException naming the file when it is no picture, or picture and mask differ in size
     */
    public Sample source(CaseFiles paths) {
        PixelGrid image = files.read(paths.image(), paths.picture());
        LabelMask mask = masks.read(paths.mask(), paths.picture());
        if (image.height() != mask.height() || image.width() != mask.width()) {
            throw new IllegalArgumentException("mask %s has %dx%d pixels, its image %s has %dx%d"
                    .formatted(
                            paths.mask(), mask.height(), mask.width(), paths.image(), image.height(), image.width()));
        }
        return new Sample(image, mask);
    }

    private static LabelMask nearest(LabelMask mask, int height, int width) {
        if (mask.height() == height && mask.width() == width) {
            return mask;
        }
        byte[] labels = new byte[Math.multiplyExact(height, width)];
        for (int row = 0; row < height; row++) {
            int sourceRow = centre(row, mask.height(), height);
            for (int column = 0; column < width; column++) {
                int sourceColumn = centre(column, mask.width(), width);
                labels[row * width + column] = (byte) mask.label(sourceRow, sourceColumn);
            }
        }
        return new LabelMask(height, width, labels);
    }

    /** The source pixel under the centre of pixel {@code index} of {@code to}. */
    private static int centre(int index, int from, int to) {
        return (int) ((2L * index + 1) * from / (2L * to));
    }
}
