package org.lesionstream.worker.decode.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lesionstream.schemas.image.DecodeLimits;

/** Small DICOM images for tests. */
final class Objects {

    private Objects() {}

    /** The description of grey pixels, in explicit little endian. */
    static DicomWriter grey(int rows, int columns, int bitsAllocated, int bitsStored, boolean signed) {
        return grey(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, rows, columns, bitsAllocated, bitsStored, signed);
    }

    static DicomWriter grey(String syntax, int rows, int columns, int bitsAllocated, int bitsStored, boolean signed) {
        return described(syntax, rows, columns, "MONOCHROME2", 1, bitsAllocated, bitsStored)
                .numbers(Tag.PIXEL_REPRESENTATION, signed ? 1 : 0);
    }

    static DicomWriter described(
            String syntax, int rows, int columns, String photometric, int samples, int bitsAllocated, int bitsStored) {
        return new DicomWriter(syntax)
                .text(0x0008_0060, "CS", "OT")
                .text(0x0010_0010, "PN", "MARK^NAME")
                .text(0x0010_0020, "LO", "MARK-ID")
                .numbers(Tag.SAMPLES_PER_PIXEL, samples)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "CS", photometric)
                .numbers(Tag.ROWS, rows)
                .numbers(Tag.COLUMNS, columns)
                .numbers(Tag.BITS_ALLOCATED, bitsAllocated)
                .numbers(Tag.BITS_STORED, bitsStored)
                .numbers(Tag.HIGH_BIT, bitsStored - 1);
    }

    static byte[] words(ByteOrder order, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    static byte[] words(int... values) {
        return words(ByteOrder.LITTLE_ENDIAN, values);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static DicomPicture picture(DicomWriter writer) {
        return DicomPicture.read(writer.file(), DecodeLimits.DEFAULT);
    }
}
