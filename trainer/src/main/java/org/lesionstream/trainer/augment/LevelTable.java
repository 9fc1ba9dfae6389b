package org.lesionstream.trainer.augment;

import java.util.function.IntToDoubleFunction;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Sample;

/** Changes of 8-bit samples that leave every pixel where it is. */
final class LevelTable {

    static final int LEVELS = 256;

    private LevelTable() {}

    /** Every level becomes another one, whatever the pixel and the channel. */
    static Sample apply(Sample sample, IntToDoubleFunction level) {
        requireBytes(sample.image());
        byte[] table = new byte[LEVELS];
        for (int from = 0; from < LEVELS; from++) {
            table[from] = clipped(level.applyAsDouble(from));
        }
        byte[] samples = sample.image().samples();
        byte[] changed = new byte[samples.length];
        for (int index = 0; index < samples.length; index++) {
            changed[index] = table[samples[index] & 0xff];
        }
        return with(sample, changed);
    }

    /** The sample with other image samples. */
    static Sample with(Sample sample, byte[] samples) {
        PixelGrid image = sample.image();
        return new Sample(
                new PixelGrid(
                        image.height(),
                        image.width(),
                        image.channels(),
                        image.type(),
                        image.rescale(),
                        samples,
                        image.spacing()),
                sample.mask());
    }

    /** A number as the nearest level. */
    static byte clipped(double value) {
        return (byte) Math.max(0, Math.min(LEVELS - 1, Math.round(value)));
    }

    static void requireBytes(PixelGrid image) {
        if (image.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("samples must be UINT8, were " + image.type());
        }
    }
}
