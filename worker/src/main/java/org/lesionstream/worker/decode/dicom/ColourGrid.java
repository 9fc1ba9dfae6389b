package org.lesionstream.worker.decode.dicom;

import java.util.Optional;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** Makes a picture of a frame in colour: RGB of 8 bits, or of 16 spread over their full range; palettes become RGB of 8 bits. */
final class ColourGrid {

    private ColourGrid() {}

    /** @param stored given up to the picture */
    static PixelGrid of(StoredFrame stored, PixelDescription description, Optional<PixelSpacing> spacing) {
        if (stored.format() == SampleFormat.UINT8) {
            return eightBits(stored, stored.values(), spacing);
        }
        if (stored.format() != SampleFormat.UINT16) {
            throw Refusal.unsupported("colours of " + stored.format());
        }
        byte[] values = stored.values();
        if (description.bitsStored() <= 8) {
            byte[] narrow = new byte[values.length / 2];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = values[2 * i];
            }
            return eightBits(stored, narrow, spacing);
        }
        int up = 16 - description.bitsStored();
        for (int i = 0; i < values.length; i += 2) {
            int value = (((values[i] & 0xff) | values[i + 1] << 8) << up) + Short.MIN_VALUE;
            values[i] = (byte) value;
            values[i + 1] = (byte) (value >> 8);
        }
        return new PixelGrid(
                stored.rows(), stored.columns(), 3, SampleType.INT16, Rescale.UNSIGNED_16, values, spacing);
    }

    static PixelGrid ofPalette(StoredFrame stored, DataSet dataSet, Optional<PixelSpacing> spacing) {
        if (stored.format().bytes() > 2) {
            throw Refusal.unsupported("palette indices of " + stored.format());
        }
        boolean signed = stored.format().signed();
        byte[] colours = new byte[Math.multiplyExact(3, stored.count())];
        for (int channel = 0; channel < 3; channel++) {
            LookUpTable table = table(dataSet, channel, signed);
            LookUpTable narrow = table.with(table.eightBits());
            for (int i = 0; i < stored.count(); i++) {
                colours[3 * i + channel] = (byte) narrow.entry((int) stored.value(i));
            }
        }
        return eightBits(stored, colours, spacing);
    }

    private static LookUpTable table(DataSet dataSet, int channel, boolean signed) {
        int descriptor = Tag.RED_PALETTE_DESCRIPTOR + channel;
        int segments = Tag.SEGMENTED_RED_PALETTE_DATA + channel;
        return dataSet.value(segments).isPresent()
                ? LookUpTable.ofSegments(dataSet, descriptor, segments, signed)
                : LookUpTable.of(dataSet, descriptor, Tag.RED_PALETTE_DATA + channel, signed);
    }

    private static PixelGrid eightBits(StoredFrame stored, byte[] samples, Optional<PixelSpacing> spacing) {
        return new PixelGrid(stored.rows(), stored.columns(), 3, SampleType.UINT8, samples, spacing);
    }
}
