package org.lesionstream.worker.result.dicom;

import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.schemas.checkpoint.SegmentClass;

/**
 * One class of a checkpoint as DICOM tells it.
 *
 * @param label value in the masks, and number of the segment
 * @param name for people
 * @param category what kind of thing it is (PS3.16, CID 7150)
 * @param type what it is (PS3.16, CID 7151), and the finding of the report
 */
public record ReportedClass(int label, String name, DicomCode category, DicomCode type) {

    /** Category of a class of which nothing else is known. */
    public static final DicomCode ABNORMAL_STRUCTURE =
            new DicomCode("SCT", "49755003", "Morphologically Abnormal Structure");

    /** Type of a class whose checkpoint gives no code. */
    public static final DicomCode LESION = new DicomCode("SCT", "52988006", "Lesion");

    public ReportedClass {
        if (label < 1 || label > 255) {
            throw new IllegalArgumentException("label must be from 1 to 255, was " + label);
        }
        if (Words.fit(name, 64).isEmpty()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }

    /** A class of the manifest: its code is the type, and it is an abnormal structure. */
    public static ReportedClass of(SegmentClass segment) {
        return new ReportedClass(
                segment.label(),
                segment.name(),
                ABNORMAL_STRUCTURE,
                segment.code().orElse(LESION));
    }

    /** The same class under another category, such as {@code Tissue} for a network that finds organs. */
    public ReportedClass inCategory(DicomCode other) {
        return new ReportedClass(label, name, other, type);
    }
}
