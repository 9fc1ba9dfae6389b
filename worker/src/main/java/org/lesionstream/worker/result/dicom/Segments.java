package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;

/** The segments of a segmentation: one per class of the checkpoint, numbered by label (PS3.3, C.8.20.4). */
final class Segments {

    private Segments() {}

    static void describe(Elements dataSet, ResultContext context) {
        List<Elements> segments = new ArrayList<>();
        for (ReportedClass each : context.work().classes()) {
            segments.add(segment(each, context));
        }
        dataSet.items(Attribute.SEGMENT_SEQUENCE, segments);
    }

    private static Elements segment(ReportedClass each, ResultContext context) {
        CheckpointIdentity checkpoint = context.work().checkpoint();
        Elements segment = new Elements()
                .uint16(Attribute.SEGMENT_NUMBER, each.label())
                .text(Attribute.SEGMENT_LABEL, Words.fit(each.name(), 64))
                .text(Attribute.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
                .text(Attribute.SEGMENT_ALGORITHM_NAME, checkpoint.name())
                .items(Attribute.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithm(checkpoint))
                .code(Attribute.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, each.category())
                .code(Attribute.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, each.type());
        List<ReportedLesion> lesions = context.lesions().stream()
                .filter(lesion -> lesion.label() == each.label())
                .toList();
        if (lesions.size() == 1) { // of several, none is the segment
            segment.text(Attribute.TRACKING_ID, lesions.get(0).trackingId())
                    .text(Attribute.TRACKING_UID, lesions.get(0).trackingUid());
        }
        return segment;
    }

    /** Algorithm Identification (PS3.3, table 10-19). */
    private static Elements algorithm(CheckpointIdentity checkpoint) {
        return new Elements()
                .code(Attribute.ALGORITHM_FAMILY_CODE_SEQUENCE, CommonModules.ARTIFICIAL_INTELLIGENCE)
                .text(Attribute.ALGORITHM_NAME, checkpoint.name())
                .text(Attribute.ALGORITHM_VERSION, Integer.toString(checkpoint.version()))
                .text(
                        Attribute.ALGORITHM_PARAMETERS,
                        "sha256:" + checkpoint.digest().hex());
    }
}
