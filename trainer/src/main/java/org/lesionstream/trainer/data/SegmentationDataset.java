package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
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
    private final Optional<Function<LabelMask, float[]>> weightMap;
    private final long seed;

    /**
     * @param maps output maps of the network: 1 for foreground, otherwise the number of labels
     * @param augmentation applied to the cut window, keeps its size
     * @param weightMap the weight of every pixel of a mask, row by row; none where all weigh alike
     */
    public SegmentationDataset(
            SampleCache samples,
            InputSpec spec,
            int maps,
            Normalisation normalisation,
            SampleTransform augmentation,
            Optional<Function<LabelMask, float[]>> weightMap,
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
        this.weightMap = weightMap;
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
        Collections.shuffle(order, new Random(SampleSeed.of(seed, epoch, -1)));
        List<List<Integer>> batches = new ArrayList<>();
        for (int start = 0; start < order.size(); start += batchSize) {
            batches.add(List.copyOf(order.subList(start, Math.min(order.size(), start + batchSize))));
        }
        return batches;
    }

    /** How many batches an epoch has. */
    public int batches(int batchSize) {
        return (size() + batchSize - 1) / batchSize;
    }

    /**
     * Prepares batches in other threads, from some batch of some epoch on and without an end.
     *
     * @param firstBatch of the epoch, counted from 0
     * @param threads that prepare
     * @param nanoClock measures how long batches are waited for
     */
    public BatchLoader load(int epoch, int firstBatch, int batchSize, int threads, LongSupplier nanoClock) {
        return new BatchLoader(this, epoch, firstBatch, batchSize, threads, nanoClock);
    }

    /** The arrays of one batch of {@link #epoch}. */
    public Batch batch(NDManager manager, int epoch, List<Integer> numbers) {
        return arrays(manager, prepare(epoch, numbers, pixelBuffer(numbers.size())));
    }

    /** What a network is shown of a sample in some epoch: a window of it, varied. */
    public Sample sample(int epoch, int number) {
        SplittableRandom random = new SplittableRandom(SampleSeed.of(seed, epoch, number));
        return augmentation.apply(window.apply(samples.get(number), random), random);
    }

    /** Room for the pixels of a batch. */
    ByteBuffer pixelBuffer(int batchSize) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(batchSize, spec.tileBytes()));
    }

    /**
     * The plain values of one batch; any thread may ask for them.
     *
     * @param pixels overwritten; belongs to the batch until its arrays are made
     */
    PreparedBatch prepare(int epoch, List<Integer> numbers, ByteBuffer pixels) {
        int count = numbers.size();
        pixels.clear();
        float[] target = new float[count * maps * spec.outputPixels()];
        float[] weights = new float[weightMap.isPresent() ? count * spec.outputPixels() : 0];
        for (int place = 0; place < count; place++) {
            Sample sample = sample(epoch, numbers.get(place));
            pixels.put(sample.image().samples());
            writeTarget(sample, target, place * maps * spec.outputPixels());
            if (weightMap.isPresent()) {
                writeWeights(weightMap.get().apply(sample.mask()), weights, place * spec.outputPixels());
            }
        }
        return new PreparedBatch(pixels.flip(), target, weights, count);
    }

    /** The arrays of a prepared batch, which share no memory with it. */
    Batch arrays(NDManager manager, PreparedBatch prepared) {
        int count = prepared.size();
        NDArray bytes = manager.create(
                prepared.pixels(), new Shape(count, spec.height(), spec.width(), spec.channels()), DataType.UINT8);
        NDArray target =
                manager.create(prepared.target(), new Shape(count, maps, spec.outputHeight(), spec.outputWidth()));
        Optional<NDArray> weights = weightMap.map(map ->
                manager.create(prepared.weights(), new Shape(count, 1, spec.outputHeight(), spec.outputWidth())));
        return new Batch(normalisation.apply(bytes), target, weights, count);
    }

    /** Takes the middle, which is what the network answers about. */
    private void writeWeights(float[] whole, float[] weights, int offset) {
        if (whole.length != spec.height() * spec.width()) {
            throw new IllegalStateException(
                    "a weight map must have %d weights, had %d".formatted(spec.height() * spec.width(), whole.length));
        }
        int top = (spec.height() - spec.outputHeight()) / 2;
        int left = (spec.width() - spec.outputWidth()) / 2;
        for (int row = 0; row < spec.outputHeight(); row++) {
            System.arraycopy(
                    whole,
                    (row + top) * spec.width() + left,
                    weights,
                    offset + row * spec.outputWidth(),
                    spec.outputWidth());
        }
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
}
