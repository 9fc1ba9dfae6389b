package org.lesionstream.trainer.augment;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
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
    private static final int LEVELS = 256;

    public IntensityShift {
        if (!(contrast >= 0 && contrast < 1)) {
            throw new IllegalArgumentException("contrast must lie in [0, 1), was " + contrast);
        }
        if (!(brightness >= 0 && brightness < LEVELS)) {
            throw new IllegalArgumentException("brightness must lie in [0, 256), was " + brightness);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        PixelGrid image = sample.image();
        if (image.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("samples must be UINT8, were " + image.type());
        }
        double factor = 1 + contrast * (2 * random.nextDouble() - 1);
        double shift = brightness * (2 * random.nextDouble() - 1);
        byte[] table = new byte[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            long moved = Math.round(factor * (level - MIDDLE) + MIDDLE + shift);
            table[level] = (byte) Math.max(0, Math.min(LEVELS - 1, moved));
        }
        byte[] samples = image.samples();
        byte[] shifted = new byte[samples.length];
        for (int index = 0; index < samples.length; index++) {
            shifted[index] = table[samples[index] & 0xff];
        }
        PixelGrid changed =
                new PixelGrid(image.height(), image.width(), image.channels(), image.type(), shifted, Optional.empty());
        return new Sample(changed, sample.mask());
    }
}
