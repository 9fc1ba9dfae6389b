package org.lesionstream.worker.result.dicom;

import java.util.List;

/**
 * The masks of a case as a binary Segmentation (PS3.3, A.51 and C.8.20), pixel by pixel in the geometry of their sources.
 *
 * <p>With a frame of reference, frames are indexed by segment and position in the patient, else by segment and number in the sequence of
 * images. Either way each names the picture that it was made of.
 */
final class SegmentationObject {

    private SegmentationObject() {}

    static DicomObject of(ResultContext context) {
        byte[] bits = context.frames().bits();
        Elements dataSet = CommonModules.of(context, ResultKind.SEGMENTATION);
        image(dataSet, context);
        lossyCompression(dataSet, context.work());
        references(dataSet, context.work());
        Segments.describe(dataSet, context);
        FunctionalGroups.describe(dataSet, context);
        dataSet.bytes(Attribute.PIXEL_DATA, bits);
        return PartTenFile.of(context, ResultKind.SEGMENTATION, dataSet, bits.length);
    }

    private static void image(Elements dataSet, ResultContext context) {
        CaseSegmentation work = context.work();
        dataSet.text(Attribute.IMAGE_TYPE, "DERIVED", "PRIMARY")
                .text(Attribute.BURNED_IN_ANNOTATION, "NO") // a mask shows no text, whatever its source does
                .text(Attribute.CONTENT_LABEL, "SEGMENTATION")
                .text(Attribute.CONTENT_DESCRIPTION, "Lesions")
                .text(Attribute.CONTENT_CREATOR_NAME, "Lesionstream^worker")
                .text(Attribute.SEGMENTATION_TYPE, "BINARY")
                .text(Attribute.SEGMENTS_OVERLAP, "NO")
                .uint16(Attribute.SAMPLES_PER_PIXEL, 1)
                .text(Attribute.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .number(Attribute.NUMBER_OF_FRAMES, context.frames().list().size())
                .uint16(Attribute.ROWS, work.rows())
                .uint16(Attribute.COLUMNS, work.columns())
                .uint16(Attribute.BITS_ALLOCATED, 1)
                .uint16(Attribute.BITS_STORED, 1)
                .uint16(Attribute.HIGH_BIT, 0)
                .uint16(Attribute.PIXEL_REPRESENTATION, 0);
        context.stack()
                .frameOfReference()
                .ifPresentOrElse(
                        uid -> dataSet.text(Attribute.FRAME_OF_REFERENCE_UID, uid)
                                .text(Attribute.POSITION_REFERENCE_INDICATOR),
                        () -> dataSet.text(Attribute.PATIENT_ORIENTATION)); // type 2C: there, and not known
    }

    /** What was compressed with loss once stays so, also in what is derived from it (PS3.3, C.7.6.1.1.5). */
    private static void lossyCompression(Elements dataSet, CaseSegmentation work) {
        work.images().stream()
                .flatMap(image -> image.instance().lossy().stream())
                .findFirst()
                .ifPresentOrElse(
                        lossy -> dataSet.text(Attribute.LOSSY_IMAGE_COMPRESSION, "01")
                                .all(lossy),
                        () -> dataSet.text(Attribute.LOSSY_IMAGE_COMPRESSION, "00"));
    }

    /** All images of the case, also those whose frames are left out (PS3.3, C.12.2). */
    private static void references(Elements dataSet, CaseSegmentation work) {
        List<Elements> series =
                CommonModules.bySeries(work.images().stream()
                                .map(SegmentedImage::reference)
                                .toList())
                        .entrySet()
                        .stream()
                        .map(each -> new Elements()
                                .text(Attribute.SERIES_INSTANCE_UID, each.getKey())
                                .items(
                                        Attribute.REFERENCED_INSTANCE_SEQUENCE,
                                        each.getValue().stream()
                                                .map(ImageReference::instance)
                                                .toList()))
                        .toList();
        dataSet.items(Attribute.REFERENCED_SERIES_SEQUENCE, series);
    }
}
