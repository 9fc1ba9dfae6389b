package org.lesionstream.worker.result.dicom;

import static org.lesionstream.worker.result.dicom.ContentItem.Relation.CONCEPT_MODIFIER;
import static org.lesionstream.worker.result.dicom.ContentItem.Relation.CONTAINS;
import static org.lesionstream.worker.result.dicom.ContentItem.Relation.OBSERVATION_CONTEXT;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.DicomCode;

/** One lesion in a report: TID 1410 for a lesion of one image, TID 1411 for one of a volume (PS3.16). */
final class MeasurementGroup {

    private static final DicomCode GROUP = new DicomCode("DCM", "125007", "Measurement Group");
    private static final DicomCode TRACKING_ID = new DicomCode("DCM", "112039", "Tracking Identifier");
    private static final DicomCode TRACKING_UID = new DicomCode("DCM", "112040", "Tracking Unique Identifier");
    private static final DicomCode ALGORITHM_NAME = new DicomCode("DCM", "111001", "Algorithm Name");
    private static final DicomCode ALGORITHM_PARAMETERS = new DicomCode("DCM", "111002", "Algorithm Parameters");
    private static final DicomCode ALGORITHM_VERSION = new DicomCode("DCM", "111003", "Algorithm Version");
    private static final DicomCode FINDING = new DicomCode("DCM", "121071", "Finding");
    private static final DicomCode SEGMENT = new DicomCode("DCM", "121191", "Referenced Segment");
    private static final DicomCode SEGMENTATION_FRAME = new DicomCode("DCM", "121214", "Referenced Segmentation Frame");
    private static final DicomCode SOURCE_IMAGE = new DicomCode("DCM", "121233", "Source image for segmentation");
    private static final DicomCode DERIVATION = new DicomCode("DCM", "121401", "Derivation");

    private MeasurementGroup() {}

    static Elements of(ReportedLesion lesion, ResultContext context) {
        List<Elements> content = new ArrayList<>();
        content.add(ContentItem.text(OBSERVATION_CONTEXT, TRACKING_ID, lesion.trackingId()));
        content.add(ContentItem.uid(OBSERVATION_CONTEXT, TRACKING_UID, lesion.trackingUid()));
        content.addAll(algorithm(context.work().checkpoint()));
        content.add(ContentItem.code(
                CONTAINS, FINDING, context.work().labelled(lesion.label()).type()));
        content.add(segment(lesion, context));
        for (SegmentedImage image : lesion.images()) {
            content.add(ContentItem.image(SOURCE_IMAGE, image.reference().image()));
        }
        lesion.measures().forEach(measure -> content.add(number(measure)));
        Elements group = ContentItem.template(lesion.volume() ? "1411" : "1410", ContentItem.container(GROUP, content));
        return ContentItem.related(CONTAINS, group);
    }

    /**
     * Where its pixels are: of a lesion of one image the frame, which is of one segment, else the segment of its class. A reference names one of
     * both and not the other (PS3.3, table 10-3).
     */
    private static Elements segment(ReportedLesion lesion, ResultContext context) {
        Elements reference = new Elements()
                .text(Attribute.REFERENCED_SOP_CLASS_UID, ResultKind.SEGMENTATION.sopClassUid())
                .text(Attribute.REFERENCED_SOP_INSTANCE_UID, ResultKind.SEGMENTATION.instanceUid(context.uids()));
        if (lesion.volume()) {
            return ContentItem.image(SEGMENT, reference.uint16(Attribute.REFERENCED_SEGMENT_NUMBER, lesion.label()));
        }
        int frame = context.frames().number(lesion.label(), lesion.images().get(0));
        return ContentItem.image(SEGMENTATION_FRAME, reference.number(Attribute.REFERENCED_FRAME_NUMBER, frame));
    }

    /** TID 4019. */
    private static List<Elements> algorithm(CheckpointIdentity checkpoint) {
        return List.of(
                ContentItem.text(CONCEPT_MODIFIER, ALGORITHM_NAME, checkpoint.name()),
                ContentItem.text(CONCEPT_MODIFIER, ALGORITHM_VERSION, Integer.toString(checkpoint.version())),
                ContentItem.text(
                        CONCEPT_MODIFIER,
                        ALGORITHM_PARAMETERS,
                        "sha256:" + checkpoint.digest().hex()));
    }

    private static Elements number(Measure measure) {
        Elements number = ContentItem.number(measure.concept(), measure.value(), measure.unit());
        measure.derivation()
                .ifPresent(derivation -> number.items(
                        Attribute.CONTENT_SEQUENCE, ContentItem.code(CONCEPT_MODIFIER, DERIVATION, derivation)));
        return number;
    }
}
