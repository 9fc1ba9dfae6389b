package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Another focus: a separable Gaussian over three deviations to either side; the border pixel goes on beyond the border.
 *
 * @param sigma largest deviation in pixels; each picture's is drawn from 0 to it
 */
public record GaussianBlur(double sigma) implements SampleTransform {

    private static final int DEVIATIONS = 3;

    public GaussianBlur {
        if (!(sigma >= 0 && sigma <= 50)) {
            throw new IllegalArgumentException("sigma must lie in [0, 50], was " + sigma);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        LevelTable.requireBytes(sample.image());
        double[] kernel = kernel(sigma * random.nextDouble());
        PixelGrid image = sample.image();
        int channels = image.channels();
        byte[] from = image.samples();
        double[] across = new double[from.length];
        double[] both = new double[from.length];
        for (int index = 0; index < from.length; index++) {
            across[index] = from[index] & 0xff;
        }
        for (int row = 0; row < image.height(); row++) {
            for (int channel = 0; channel < channels; channel++) {
                line(across, both, row * image.width() * channels + channel, channels, image.width(), kernel);
            }
        }
        int rowStep = image.width() * channels;
        for (int place = 0; place < rowStep; place++) {
            line(both, across, place, rowStep, image.height(), kernel);
        }
        byte[] to = new byte[from.length];
        for (int index = 0; index < to.length; index++) {
            to[index] = LevelTable.clipped(across[index]);
        }
        return LevelTable.with(sample, to);
    }

    /** One half of a kernel that sums to 1, its middle first. */
    private static double[] kernel(double deviation) {
        double[] half = new double[1 + (int) Math.ceil(DEVIATIONS * deviation)];
        double sum = 0;
        for (int distance = 0; distance < half.length; distance++) {
            half[distance] = deviation == 0 ? 1 : Math.exp(-(double) distance * distance / (2 * deviation * deviation));
            sum += distance == 0 ? half[distance] : 2 * half[distance];
        }
        for (int distance = 0; distance < half.length; distance++) {
            half[distance] /= sum;
        }
        return half;
    }

    private static void line(double[] from, double[] to, int start, int step, int length, double[] kernel) {
        for (int place = 0; place < length; place++) {
            double sum = kernel[0] * from[start + place * step];
            for (int distance = 1; distance < kernel.length; distance++) {
                int before = Math.max(0, place - distance);
                int after = Math.min(length - 1, place + distance);
                sum += kernel[distance] * (from[start + before * step] + from[start + after * step]);
            }
            to[start + place * step] = sum;
        }
    }
}
