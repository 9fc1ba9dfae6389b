package org.lesionstream.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * Phantom pictures as a scanner would send them: a CT series of a patient who does not exist, one file of DICOM part 10 (explicit little endian) for
 * each slice. Patient, study and places are made up; the window shows each picture as it is.
 */
final class PhantomSeries {
    /** Millimetres from the middle of a pixel to that of its neighbour. */
    static final double PIXEL = 0.5;
    /** Millimetres from slice to slice. */
    static final double SLICE = 2.5;

    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    private static final int PREAMBLE = 128;

    private final String study;
    private final String series;
    private final String frameOfReference;
    private final int images;

    /** @param seed other seeds are other studies */
    PhantomSeries(long seed, int images) {
        this.study = uid("study " + seed);
        this.series = uid("series " + seed);
        this.frameOfReference = uid("frame of reference " + seed);
        this.images = images;
    }

    /** Where an archive that speaks DICOMweb has it, below its service. */
    String path() {
        return "/studies/" + study + "/series/" + series;
    }

    /**
     * The file of a slice.
     *
     * @param number counted from 1, from below
     * @param picture 8 bits; of one size for all slices
     */
    byte[] slice(int number, PixelGrid picture) {
        String instance = uid(series + " " + number);
        Dataset dataset = new Dataset()
                .text(0x0008, 0x0005, "CS", "ISO_IR 192")
                .text(0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY\\AXIAL")
                .text(0x0008, 0x0016, "UI", CT)
                .text(0x0008, 0x0018, "UI", instance)
                .text(0x0008, 0x0020, "DA", "20260102")
                .text(0x0008, 0x0030, "TM", "030405")
                .text(0x0008, 0x0050, "SH", "DEMO")
                .text(0x0008, 0x0060, "CS", "CT")
                .text(0x0008, 0x0070, "LO", "Lesionstream phantoms")
                .text(0x0008, 0x0090, "PN", "")
                .text(0x0008, 0x1030, "LO", "Phantom study")
                .text(0x0010, 0x0010, "PN", "Phantom^Demo")
                .text(0x0010, 0x0020, "LO", "PHANTOM-1")
                .text(0x0010, 0x0030, "DA", "")
                .text(0x0010, 0x0040, "CS", "")
                .text(0x0018, 0x0050, "DS", decimal(SLICE))
                .text(0x0020, 0x000D, "UI", study)
                .text(0x0020, 0x000E, "UI", series)
                .text(0x0020, 0x0010, "SH", "DEMO")
                .text(0x0020, 0x0011, "IS", "1")
                .text(0x0020, 0x0013, "IS", String.valueOf(number))
                .text(0x0020, 0x0032, "DS", "0\\0\\" + decimal((number - 1) * SLICE))
                .text(0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0")
                .text(0x0020, 0x0052, "UI", frameOfReference)
                .text(0x0020, 0x1002, "IS", String.valueOf(images))
                .number(0x0028, 0x0002, 1)
                .text(0x0028, 0x0004, "CS", "MONOCHROME2")
                .number(0x0028, 0x0010, picture.height())
                .number(0x0028, 0x0011, picture.width())
                .text(0x0028, 0x0030, "DS", decimal(PIXEL) + "\\" + decimal(PIXEL))
                .number(0x0028, 0x0100, 16)
                .number(0x0028, 0x0101, 16)
                .number(0x0028, 0x0102, 15)
                .number(0x0028, 0x0103, 0)
                .text(0x0028, 0x1050, "DS", "128") // with this width a sample x is shown as x: PS3.3, C.11.2.1.2.1
                .text(0x0028, 0x1051, "DS", "256")
                .text(0x0028, 0x1052, "DS", "0")
                .text(0x0028, 0x1053, "DS", "1")
                .element(0x7FE0, 0x0010, "OW", samples(picture.withChannels(1)));
        Dataset meta = new Dataset()
                .element(0x0002, 0x0001, "OB", new byte[] {0, 1})
                .text(0x0002, 0x0002, "UI", CT)
                .text(0x0002, 0x0003, "UI", instance)
                .text(0x0002, 0x0010, "UI", EXPLICIT_LITTLE_ENDIAN)
                .text(0x0002, 0x0012, "UI", uid("implementation"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[PREAMBLE]);
        file.writeBytes("DICM".getBytes(US_ASCII));
        file.writeBytes(new Dataset()
                .element(0x0002, 0x0000, "UL", littleEndian(meta.bytes().length, 4))
                .bytes());
        file.writeBytes(meta.bytes());
        file.writeBytes(dataset.bytes());
        return file.toByteArray();
    }

    private static byte[] samples(PixelGrid grey) {
        byte[] eightBits = grey.samples();
        byte[] samples = new byte[2 * eightBits.length];
        for (int i = 0; i < eightBits.length; i++) {
            samples[2 * i] = eightBits[i];
        }
        return samples;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%s", value);
    }

    /** PS3.5, B.2. */
    private static String uid(String of) {
        UUID uuid = UUID.nameUUIDFromBytes(("lesionstream demo " + of).getBytes(US_ASCII));
        byte[] bits = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return "2.25." + new BigInteger(1, bits);
    }

    private static byte[] littleEndian(int value, int bytes) {
        byte[] number = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            number[i] = (byte) (value >> (8 * i));
        }
        return number;
    }

    /** Elements one after the other (PS3.5, 7.1.2); the caller keeps the order of the tags. */
    private static final class Dataset {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Dataset text(int group, int element, String representation, String value) {
            boolean odd = value.length() % 2 != 0;
            String padding = !odd ? "" : representation.equals("UI") ? "\0" : " ";
            return element(group, element, representation, (value + padding).getBytes(US_ASCII));
        }

        Dataset number(int group, int element, int value) {
            return element(group, element, "US", littleEndian(value, 2));
        }

        Dataset element(int group, int element, String representation, byte[] value) {
            boolean wide = representation.startsWith("O");
            bytes.writeBytes(littleEndian(group, 2));
            bytes.writeBytes(littleEndian(element, 2));
            bytes.writeBytes(representation.getBytes(US_ASCII));
            bytes.writeBytes(new byte[wide ? 2 : 0]); // reserved
            bytes.writeBytes(littleEndian(value.length, wide ? 4 : 2));
            bytes.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
