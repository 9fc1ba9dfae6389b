package org.lesionstream.worker.decode.dicom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * Makes a picture of a grey frame, black low and white high.
 *
 * <ul>
 *   <li>8 unsigned bits stay bytes; all else becomes {@link SampleType#INT16}, unsigned values of 16 bits 32768 lower.
 *   <li>MONOCHROME1 is turned within the range of its stored bits, and its window with it; what a turned value means is the rescale of that value.
 *   <li>Padding, which lies outside of the picture, becomes black: the lowest of the other samples.
 *   <li>The window is that of the file. Where there is none, 16-bit pictures are shown from their lowest to their highest sample.
 * </ul>
 */
final class GreyGrid {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final StoredFrame stored;
    private final PixelDescription description;
    private final FrameAttributes attributes;

    /** Without effect on pixels: lowest above highest. */
    private int paddingLow = 1;

    private int paddingHigh;

    private GreyGrid(StoredFrame stored, PixelDescription description, FrameAttributes attributes) {
        this.stored = stored;
        this.description = description;
        this.attributes = attributes;
    }

    /** @param stored given up to the picture */
    static PixelGrid of(
            StoredFrame stored,
            PixelDescription description,
            FrameAttributes attributes,
            Optional<PixelSpacing> spacing) {
        return new GreyGrid(stored, description, attributes).grid(spacing);
    }

    private PixelGrid grid(Optional<PixelSpacing> spacing) {
        SampleFormat format = stored.format();
        if (format.bytes() > 2) {
            throw Refusal.unsupported("pictures of " + format);
        }
        boolean signed = format.signed();
        ValueMeaning meaning = ValueMeaning.of(attributes, signed);
        readPadding(signed);
        Optional<LookUpTable> table = meaning.table();
        boolean wide = format != SampleFormat.UINT8 || table.isPresent();
        int bits = table.map(LookUpTable::bits).orElse(description.bitsStored());
        boolean unsigned = table.isPresent() || !signed;
        int offset = wide && unsigned && bits == 16 ? 1 << 15 : 0;
        boolean turned = description.photometric() == Photometric.MONOCHROME1;
        int sum = unsigned ? (1 << bits) - 1 : -1; // of a value and the one it is turned into
        byte[] samples = wide ? wide(table, turned, sum, offset) : bytes(turned, sum);
        Rescale file = meaning.rescale();
        Rescale rescale = new Rescale(file.slope(), file.intercept() + file.slope() * offset);
        Optional<IntensityRule.Window> window = meaning.window()
                .flatMap(
                        shown -> turned ? turned(shown, file.slope() * sum + 2 * file.intercept()) : Optional.of(shown))
                .or(() -> wide ? wholeRange(samples, rescale) : Optional.empty());
        SampleType type = wide ? SampleType.INT16 : SampleType.UINT8;
        return new PixelGrid(stored.rows(), stored.columns(), 1, type, rescale, samples, spacing, window);
    }

    private void readPadding(boolean signed) {
        OptionalInt value = attributes.dataSet().integer(Tag.PIXEL_PADDING_VALUE);
        if (value.isPresent()) {
            int limit =
                    attributes.dataSet().integer(Tag.PIXEL_PADDING_RANGE_LIMIT).orElse(value.getAsInt());
            int one = signed ? (short) value.getAsInt() : value.getAsInt();
            int other = signed ? (short) limit : limit;
            paddingLow = Math.min(one, other);
            paddingHigh = Math.max(one, other);
        }
    }

    private byte[] bytes(boolean turned, int sum) {
        byte[] samples = stored.values();
        if (!turned && paddingLow > paddingHigh) {
            return samples;
        }
        int lowest = 255;
        for (int i = 0; i < samples.length; i++) {
            int value = samples[i] & 0xff;
            if (value < paddingLow || value > paddingHigh) {
                lowest = Math.min(lowest, turned ? sum - value : value);
            }
        }
        for (int i = 0; i < samples.length; i++) {
            int value = samples[i] & 0xff;
            boolean padding = value >= paddingLow && value <= paddingHigh;
            samples[i] = (byte) (padding ? lowest : turned ? sum - value : value);
        }
        return samples;
    }

    private byte[] wide(Optional<LookUpTable> table, boolean turned, int sum, int offset) {
        byte[] from = stored.values();
        int count = stored.count();
        byte[] to = stored.format().bytes() == 2 ? from : new byte[2 * count];
        boolean padded = paddingLow <= paddingHigh;
        if (to == from && table.isEmpty() && !turned && offset == 0 && !padded) {
            return from;
        }
        int lowest = Short.MAX_VALUE;
        boolean[] padding = padded ? new boolean[count] : new boolean[0];
        for (int i = 0; i < count; i++) {
            int value = value(from, i);
            if (padded && value >= paddingLow && value <= paddingHigh) {
                padding[i] = true;
                continue;
            }
            int meant = table.isPresent() ? table.get().entry(value) : value;
            int sample = (turned ? sum - meant : meant) - offset;
            lowest = Math.min(lowest, sample);
            INT16.set(to, 2 * i, (short) sample);
        }
        for (int i = 0; i < padding.length; i++) {
            if (padding[i]) {
                INT16.set(to, 2 * i, (short) lowest);
            }
        }
        return to;
    }

    private int value(byte[] from, int index) {
        return switch (stored.format()) {
            case UINT8 -> from[index] & 0xff;
            case INT8 -> from[index];
            case UINT16 -> (short) INT16.get(from, 2 * index) & 0xffff;
            default -> (short) INT16.get(from, 2 * index);
        };
    }

    private static Optional<IntensityRule.Window> turned(IntensityRule.Window window, double sumOfMeanings) {
        return ValueMeaning.window(sumOfMeanings - window.high(), sumOfMeanings - window.low());
    }

    /** From the lowest to the highest sample; none for a picture of one value. */
    private static Optional<IntensityRule.Window> wholeRange(byte[] samples, Rescale rescale) {
        int lowest = Short.MAX_VALUE;
        int highest = Short.MIN_VALUE;
        for (int i = 0; i < samples.length; i += 2) {
            int sample = (short) INT16.get(samples, i);
            lowest = Math.min(lowest, sample);
            highest = Math.max(highest, sample);
        }
        double one = rescale.meaning(lowest);
        double other = rescale.meaning(highest);
        return ValueMeaning.window(Math.min(one, other), Math.max(one, other));
    }
}
