package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/**
 * The fixed linear map from bytes to network input, channel by channel: {@code (value - mean) / deviation}.
 *
 * <p>Taken from the training images alone and frozen into the exported graph, so that training, evaluation and serving apply the same numbers.
 *
 * @param mean per channel, in units of the samples (0 to 255)
 * @param deviation per channel, positive
 */
public record Normalisation(List<Double> mean, List<Double> deviation) {

    /** Keeps a constant channel from being blown up: one grey level. */
    private static final double SMALLEST_DEVIATION = 1;

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("mean and deviation must have one value per channel, had %d and %d"
                    .formatted(mean.size(), deviation.size()));
        }
        for (double value : deviation) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("deviation must be positive, was " + value);
            }
        }
    }

    /** Spreads 8-bit samples over 0..1, whatever the pictures. */
    public static Normalisation unit(int channels) {
        return new Normalisation(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 255.0));
    }

    /** Mean and deviation over all pixels of the 8-bit images, each image weighing by its area. */
    public static Normalisation of(Iterable<PixelGrid> images) {
        double[] sum = null;
        double[] squares = null;
        long pixels = 0;
        for (PixelGrid image : images) {
            if (image.type() != SampleType.UINT8) {
                throw new IllegalArgumentException("samples must be UINT8, were " + image.type());
            }
            int channels = image.channels();
            if (sum == null) {
                sum = new double[channels];
                squares = new double[channels];
            }
            byte[] samples = image.samples();
            for (int index = 0; index < samples.length; index++) {
                double value = samples[index] & 0xff;
                sum[index % channels] += value;
                squares[index % channels] += value * value;
            }
            pixels += samples.length / channels;
        }
        if (sum == null) {
            throw new IllegalArgumentException("images must not be empty");
        }
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int channel = 0; channel < sum.length; channel++) {
            double centre = sum[channel] / pixels;
            double variance = squares[channel] / pixels - centre * centre;
            mean.add(centre);
            deviation.add(Math.max(SMALLEST_DEVIATION, Math.sqrt(Math.max(0, variance))));
        }
        return new Normalisation(mean, deviation);
    }

    /**
     * Applies the map.
     *
     * @param samples {@code [N, H, W, C]}, of any type
     * @return {@code [N, C, H, W]} float on the same manager; channels_last in memory, which PyTorch's CPU convolutions run fastest on
     */
    public NDArray apply(NDArray samples) {
        Shape perChannel = new Shape(1, mean.size(), 1, 1);
        NDArray centre = samples.getManager().create(floats(mean), perChannel);
        NDArray scale = samples.getManager().create(floats(deviation), perChannel);
        return samples.transpose(0, 3, 1, 2)
                .toType(DataType.FLOAT32, false)
                .sub(centre)
                .div(scale);
    }

    private static float[] floats(List<Double> values) {
        float[] result = new float[values.size()];
        for (int index = 0; index < result.length; index++) {
            result[index] = values.get(index).floatValue();
        }
        return result;
    }
}
