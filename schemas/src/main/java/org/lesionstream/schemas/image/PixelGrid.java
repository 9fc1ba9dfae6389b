package org.lesionstream.schemas.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * A picture as plain samples: row by row, in a row column by column, in a pixel channel by channel.
 *
 * <ul>
 *   <li>The grid owns {@code samples} from its construction on: nobody writes to the array any more, so a grid may be read by several threads.
 *   <li>Length of {@code samples} is height * width * channels * {@link SampleType#bytesPerSample()}.
 *   <li>{@link SampleType#INT16} is little endian and signed. Unsigned 16-bit pictures are stored 32768 lower and say so by
 *       {@link Rescale#UNSIGNED_16}, so that black is -32768 and white 32767 for every consumer.
 *   <li>Two grids are equal when all their values are, sample by sample.
 * </ul>
 *
 * @param spacing absent where the source does not tell; then nothing is measured in millimetres
 * @param window which meanings a viewer shows from black to white, where the source tells; see {@link IntensityRule.Identity}
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; equality is by content
public record PixelGrid(
        int height,
        int width,
        int channels,
        SampleType type,
        Rescale rescale,
        byte[] samples,
        Optional<PixelSpacing> spacing,
        Optional<IntensityRule.Window> window) {

    public PixelGrid {
        Checks.positive("height", height);
        Checks.positive("width", width);
        Checks.positive("channels", channels);
        Checks.length("samples", samples, (long) height * width * channels * type.bytesPerSample());
    }

    /** A grid that is shown in its full range. */
    public PixelGrid(
            int height,
            int width,
            int channels,
            SampleType type,
            Rescale rescale,
            byte[] samples,
            Optional<PixelSpacing> spacing) {
        this(height, width, channels, type, rescale, samples, spacing, Optional.empty());
    }

    /** A grid whose stored samples are their own meaning. */
    public PixelGrid(
            int height, int width, int channels, SampleType type, byte[] samples, Optional<PixelSpacing> spacing) {
        this(height, width, channels, type, Rescale.NONE, samples, spacing);
    }

    /** Bytes of one pixel, all channels. */
    public int bytesPerPixel() {
        return channels * type.bytesPerSample();
    }

    /** The stored value of one sample. For tests and single pixels; loops over a picture read {@link #samples()}. */
    public int sample(int row, int column, int channel) {
        int index = ((row * width) + column) * channels + channel;
        return type == SampleType.UINT8 ? samples[index] & 0xff : Samples.int16(samples, index);
    }

    /** The same picture with another spacing, as when a job knows it better than the file. */
    public PixelGrid withSpacing(Optional<PixelSpacing> other) {
        return new PixelGrid(height, width, channels, type, rescale, samples, other, window);
    }

    /** The same picture, shown by another window; the samples are shared. */
    public PixelGrid withWindow(Optional<IntensityRule.Window> other) {
        return new PixelGrid(height, width, channels, type, rescale, samples, spacing, other);
    }

    /**
     * The same picture with one or three channels: grey is repeated, colour becomes luma by ITU-R BT.601 in integers,
     * (19595 R + 38470 G + 7471 B + 32768) / 65536 rounded down.
     *
     * @throws IllegalArgumentException for any other change of the number of channels
     */
    public PixelGrid withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        if (channels == 1) {
            return new PixelGrid(height, width, wanted, type, rescale, Samples.repeated(this, wanted), spacing, window);
        }
        if (channels == 3 && wanted == 1) {
            return new PixelGrid(height, width, 1, type, rescale, Samples.luma(this), spacing, window);
        }
        throw new IllegalArgumentException("channels must be 1 or 3 to become " + wanted + ", was " + channels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelGrid that
                && height == that.height
                && width == that.width
                && channels == that.channels
                && type == that.type
                && rescale.equals(that.rescale)
                && spacing.equals(that.spacing)
                && window.equals(that.window)
                && Arrays.equals(samples, that.samples);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(samples);
    }

    /** Size and type only: samples never reach a log. */
    @Override
    public String toString() {
        return "PixelGrid[" + height + "x" + width + "x" + channels + " " + type + "]";
    }
}
