package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Another stain or light: colours turn about the grey axis of the RGB cube, which keeps the mean of the three channels, and move away from it or towards it. Pictures without colour stay as they are.
 *
 * @param degrees largest turn to either side
 * @param saturation largest change of the distance from the axis, as a share: 0.2 draws from 0.8 to 1.2
 */
public record HueShift(double degrees, double saturation) implements SampleTransform {

    private static final int COLOURS = 3;

    public HueShift {
        if (!(degrees >= 0 && degrees <= 360)) {
            throw new IllegalArgumentException("degrees must lie in [0, 360], was " + degrees);
        }
        if (!(saturation >= 0 && saturation < 1)) {
            throw new IllegalArgumentException("saturation must lie in [0, 1), was " + saturation);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double turn = degrees * (2 * random.nextDouble() - 1);
        double factor = 1 + saturation * (2 * random.nextDouble() - 1);
        return sample.image().channels() == COLOURS ? moved(sample, turn, factor) : sample;
    }

    /** All colours turned and stretched. */
    static Sample moved(Sample sample, double turn, double factor) {
        PixelGrid image = sample.image();
        LevelTable.requireBytes(image);
        // A turn about (1, 1, 1): the same three numbers in every row, shifted by one.
        double cosine = factor * Math.cos(Math.toRadians(turn));
        double sine = factor * Math.sin(Math.toRadians(turn)) / Math.sqrt(COLOURS);
        double same = (1 + 2 * cosine) / COLOURS;
        double next = (1 - cosine) / COLOURS - sine;
        double last = (1 - cosine) / COLOURS + sine;
        byte[] from = image.samples();
        byte[] to = new byte[from.length];
        for (int index = 0; index < from.length; index += COLOURS) {
            double red = from[index] & 0xff;
            double green = from[index + 1] & 0xff;
            double blue = from[index + 2] & 0xff;
            to[index] = LevelTable.clipped(same * red + next * green + last * blue);
            to[index + 1] = LevelTable.clipped(last * red + same * green + next * blue);
            to[index + 2] = LevelTable.clipped(next * red + last * green + same * blue);
        }
        return LevelTable.with(sample, to);
    }
}
