package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.SampleType;

/**
 * The training samples as shuffled, augmented batches.
 *
 * <ul>
 *   <li>An epoch shows every sample once. Order and augmentation follow from seed, epoch and sample alone, so that any epoch can be
 *       repeated by itself.
 *   <li>The last batch of an epoch may be smaller.
 *   <li>Arrays belong to the manager given to {@link #batch}; nothing native is kept here.
 * </ul>
 */
public final class SegmentationDataset {

    private final SampleCache samples;
    private final InputSpec spec;
    private final int maps;
    private final Normalisation normalisation;
    private final SampleTransform window;
    private final SampleTransform augmentation;
    private final long seed;

    /**
     * @param maps output maps of the network: 1 for foreground, otherwise the number of labels
     * @param augmentation applied to the cut window, keeps its size
     */
    public SegmentationDataset(
            SampleCache samples,
            InputSpec spec,
            int maps,
            Normalisation normalisation,
            SampleTransform augmentation,
            long seed) {
        if (spec.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("samples must be UINT8, were " + spec.type());
        }
        if (maps <= 0) {
            throw new IllegalArgumentException("maps must be positive, was " + maps);
        }
        this.samples = samples;
        this.spec = spec;
        this.maps = maps;
        this.normalisation = normalisation;
        this.window = new TrainingWindow(spec);
        this.augmentation = augmentation;
        this.seed = seed;
    }

    /** How many samples an epoch shows. */
    public int size() {
        return samples.size();
    }

    /** The sample numbers of each batch of an epoch, in the order of training. */
    public List<List<Integer>> epoch(int epoch, int batchSize) {
        if (batchSize <= 0) {
            throw new IllegalArgumentException("batchSize must be positive, was " + batchSize);
        }
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < samples.size(); index++) {
            order.add(index);
        }
        Collections.shuffle(order, new Random(mix(epoch, -1)));
        List<List<Integer>> batches = new ArrayList<>();
        for (int start = 0; start < order.size(); start += batchSize) {
            batches.add(List.copyOf(order.subList(start, Math.min(order.size(), start + batchSize))));
        }
        return batches;
    }

    /** The arrays of one batch of {@link #epoch}. */
    public Batch batch(NDManager manager, int epoch, List<Integer> numbers) {
        int count = numbers.size();
        ByteBuffer pixels = ByteBuffer.allocateDirect(count * spec.tileBytes());
        float[] target = new float[count * maps * spec.outputPixels()];
        for (int place = 0; place < count; place++) {
            int number = numbers.get(place);
            SplittableRandom random = new SplittableRandom(mix(epoch, number));
            Sample sample = augmentation.apply(window.apply(samples.get(number), random), random);
            pixels.put(sample.image().samples());
            writeTarget(sample, target, place * maps * spec.outputPixels());
        }
        NDArray bytes = manager.create(
                pixels.rewind(), new Shape(count, spec.height(), spec.width(), spec.channels()), DataType.UINT8);
        Shape targetShape = new Shape(count, maps, spec.outputHeight(), spec.outputWidth());
        return new Batch(normalisation.apply(bytes), manager.create(target, targetShape), count);
    }

    private void writeTarget(Sample sample, float[] target, int offset) {
        int top = (spec.height() - spec.outputHeight()) / 2;
        int left = (spec.width() - spec.outputWidth()) / 2;
        int pixels = spec.outputPixels();
        for (int row = 0; row < spec.outputHeight(); row++) {
            for (int column = 0; column < spec.outputWidth(); column++) {
                int label = sample.mask().label(row + top, column + left);
                int pixel = row * spec.outputWidth() + column;
                if (maps > 1) {
                    target[offset + label * pixels + pixel] = 1;
                } else if (label > 0) {
                    target[offset + pixel] = 1;
                }
            }
        }
    }

    /** A seed of its own for each epoch and sample; the odd constants are those of SplitMix64. */
    private long mix(int epoch, int sample) {
        long mixed = seed * 0x9E3779B97F4A7C15L + epoch;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L + sample;
        return (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    }
}
