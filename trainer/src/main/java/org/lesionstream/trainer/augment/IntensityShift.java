package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Another exposure: every 8-bit value becomes {@code contrast * (value - 128) + 128 + brightness}, rounded and clipped.
 *
 * <p>Contrast and brightness are drawn once per sample and channels share them, so colours keep their hue.
 *
 * @param contrast largest change of the contrast, as a share: 0.2 draws from 0.8 to 1.2
 * @param brightness largest shift, in grey levels
 */
public record IntensityShift(double contrast, double brightness) implements SampleTransform {

    private static final int MIDDLE = 128;

    public IntensityShift {
        if (!(contrast >= 0 && contrast < 1)) {
            throw new IllegalArgumentException("contrast must lie in [0, 1), was " + contrast);
        }
        if (!(brightness >= 0 && brightness < LevelTable.LEVELS)) {
            throw new IllegalArgumentException("brightness must lie in [0, 256), was " + brightness);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double factor = 1 + contrast * (2 * random.nextDouble() - 1);
        double shift = brightness * (2 * random.nextDouble() - 1);
        return LevelTable.apply(sample, level -> factor * (level - MIDDLE) + MIDDLE + shift);
    }
}
