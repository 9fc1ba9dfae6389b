package org.lesionstream.worker.result.dicom;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.dicom.DicomWriter;
import org.lesionstream.worker.decode.dicom.Tag;

/** Makes pictures as scanners do, of a patient whose every value holds {@value #MARK}. */
public final class SourceBuilder {

    /** Text that must not be found where nothing of a patient belongs. */
    public static final String MARK = "MARK";

    static final String STUDY = "1.2.3.1";
    static final String SERIES = "1.2.3.1.7";
    /** Where an archive that speaks DICOMweb has the series, below its service. */
    public static final String SERIES_PATH = "/studies/" + STUDY + "/series/" + SERIES;

    static final String FRAME_OF_REFERENCE = "1.2.3.1.9";
    static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    static final String ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1";
    static final String ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1";

    private final TreeMap<Integer, Consumer<DicomWriter>> elements = new TreeMap<>();

    private SourceBuilder(String sopClass, String instanceUid, String modality) {
        text(0x0008_0005, "CS", "ISO_IR 100");
        text(0x0008_0016, "UI", sopClass);
        text(0x0008_0018, "UI", instanceUid);
        text(0x0008_0020, "DA", "20260102");
        text(0x0008_0030, "TM", "030405");
        text(0x0008_0050, "SH", "MARK-ACC");
        text(0x0008_0060, "CS", modality);
        text(0x0008_0080, "LO", "MARK HOSPITAL");
        text(0x0008_0090, "PN", "MARK^REFERRER");
        text(0x0008_1030, "LO", "MARK STUDY");
        text(0x0010_0010, "PN", "MARK^PATIENT");
        text(0x0010_0020, "LO", "MARK-ID");
        text(0x0010_0030, "DA", "19700101");
        text(0x0010_0040, "CS", "O");
        text(0x0020_000D, "UI", STUDY);
        text(0x0020_000E, "UI", SERIES);
        text(0x0020_0010, "SH", "MARK-STUDY");
    }

    /** A slice of computed tomography with one position in the patient. */
    public static SourceBuilder ct(int number, int rows, int columns, double[] position, double[] orientation) {
        return new SourceBuilder(CT, "1.2.3.1.7." + number, "CT")
                .text(0x0018_0050, "DS", "2.5")
                .text(0x0020_0032, "DS", decimals(position))
                .text(0x0020_0037, "DS", decimals(orientation))
                .text(0x0020_0052, "UI", FRAME_OF_REFERENCE)
                .text(0x0028_0030, "DS", "0.5\\0.75")
                .pixels(rows, columns, 1, 16, 1);
    }

    /** A colour picture without places; it says that text is part of its pixels. */
    static SourceBuilder ultrasound(int rows, int columns) {
        return new SourceBuilder(ULTRASOUND, "1.2.3.1.8.1", "US")
                .text(0x0028_0301, "CS", "YES")
                .text(0x0028_2110, "CS", "01")
                .text(0x0028_2112, "DS", "12.5")
                .text(0x0028_2114, "CS", "ISO_10918_1")
                .pixels(rows, columns, 3, 8, 1);
    }

    /** An object of many frames, 3 mm apart along z, with places in its functional groups. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static SourceBuilder enhanced(int rows, int columns, int frames) {
        Consumer[] items = new Consumer[frames];
        for (int i = 0; i < frames; i++) {
            double[] position = {-10, 20, 100 - 3.0 * i};
            items[i] = (Consumer<DicomWriter>) frame -> frame.sequence(
                    Tag.PLANE_POSITION_SEQUENCE,
                    plane -> plane.text(Tag.IMAGE_POSITION_PATIENT, "DS", decimals(position)));
        }
        SourceBuilder builder = new SourceBuilder(ENHANCED_MR, "1.2.3.1.9.1", "MR")
                .text(0x0020_0052, "UI", FRAME_OF_REFERENCE)
                .pixels(rows, columns, 1, 16, frames);
        builder.elements.put(
                Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                writer -> writer.sequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared -> shared.sequence(
                                Tag.PLANE_ORIENTATION_SEQUENCE,
                                plane -> plane.text(Tag.IMAGE_ORIENTATION_PATIENT, "DS", "1\\0\\0\\0\\1\\0"))
                        .sequence(Tag.PIXEL_MEASURES_SEQUENCE, measures -> measures.text(Tag.SLICE_THICKNESS, "DS", "3")
                                .text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5"))));
        builder.elements.put(
                Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                writer -> writer.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, items));
        return builder;
    }

    public SourceBuilder text(int tag, String vr, String value) {
        elements.put(tag, writer -> writer.text(tag, vr, value));
        return this;
    }

    public SourceBuilder bytes(int tag, String vr, byte[] value) {
        byte[] even = Arrays.copyOf(value, value.length + value.length % 2);
        elements.put(tag, writer -> writer.element(tag, vr, even));
        return this;
    }

    SourceBuilder without(int tag) {
        elements.remove(tag);
        return this;
    }

    public byte[] file() {
        return file("1.2.840.10008.1.2.1");
    }

    byte[] file(String transferSyntax) {
        DicomWriter writer = new DicomWriter(transferSyntax);
        elements.values().forEach(element -> element.accept(writer));
        return writer.file();
    }

    SourceInstance read() {
        return SourceInstance.read(file(), DecodeLimits.DEFAULT);
    }

    private SourceBuilder pixels(int rows, int columns, int samples, int bits, int frames) {
        if (frames > 1) {
            text(Tag.NUMBER_OF_FRAMES, "IS", Integer.toString(frames));
        }
        if (samples > 1) {
            numbers(Tag.PLANAR_CONFIGURATION, 0);
        }
        return numbers(Tag.SAMPLES_PER_PIXEL, samples)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "CS", samples == 1 ? "MONOCHROME2" : "RGB")
                .numbers(Tag.ROWS, rows)
                .numbers(Tag.COLUMNS, columns)
                .numbers(Tag.BITS_ALLOCATED, bits)
                .numbers(Tag.BITS_STORED, bits)
                .numbers(Tag.HIGH_BIT, bits - 1)
                .numbers(Tag.PIXEL_REPRESENTATION, 0)
                .bytes(Tag.PIXEL_DATA, "OW", new byte[rows * columns * samples * bits / 8 * frames]);
    }

    private SourceBuilder numbers(int tag, int value) {
        elements.put(tag, writer -> writer.numbers(tag, value));
        return this;
    }

    static String decimals(double... numbers) {
        return String.join(
                "\\",
                Arrays.stream(numbers)
                        .mapToObj(number -> String.format(Locale.ROOT, "%.10f", number))
                        .toArray(String[]::new));
    }
}
