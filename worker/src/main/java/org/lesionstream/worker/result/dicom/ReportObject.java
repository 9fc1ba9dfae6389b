package org.lesionstream.worker.result.dicom;

import static org.lesionstream.worker.result.dicom.ContentItem.Relation.CONCEPT_MODIFIER;
import static org.lesionstream.worker.result.dicom.ContentItem.Relation.CONTAINS;
import static org.lesionstream.worker.result.dicom.ContentItem.Relation.OBSERVATION_CONTEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.DicomCode;

/**
 * The lesions of a case as an Imaging Measurement Report: TID 1500 in a Comprehensive 3D SR (PS3.3, A.35.13 and C.17). Nobody has verified it, and it
 * says so.
 */
final class ReportObject {

    private static final DicomCode REPORT = new DicomCode("DCM", "126000", "Imaging Measurement Report");
    private static final DicomCode LANGUAGE =
            new DicomCode("DCM", "121049", "Language of Content Item and Descendants");
    private static final DicomCode ENGLISH = new DicomCode("RFC5646", "en-US", "English (United States)");
    private static final DicomCode OBSERVER_TYPE = new DicomCode("DCM", "121005", "Observer Type");
    private static final DicomCode DEVICE = new DicomCode("DCM", "121007", "Device");
    private static final DicomCode DEVICE_UID = new DicomCode("DCM", "121012", "Device Observer UID");
    private static final DicomCode DEVICE_NAME = new DicomCode("DCM", "121013", "Device Observer Name");
    private static final DicomCode PROCEDURE_REPORTED = new DicomCode("DCM", "121058", "Procedure reported");
    private static final DicomCode IMAGING = new DicomCode("SCT", "363679005", "Imaging procedure");
    private static final DicomCode IMAGE_LIBRARY = new DicomCode("DCM", "111028", "Image Library");
    private static final DicomCode IMAGE_LIBRARY_GROUP = new DicomCode("DCM", "126200", "Image Library Group");
    private static final DicomCode MEASUREMENTS = new DicomCode("DCM", "126010", "Imaging Measurements");
    private static final DicomCode EVALUATIONS = new DicomCode("UMLS", "C0034375", "Qualitative Evaluations");
    private static final DicomCode FINDING = new DicomCode("DCM", "121071", "Finding");

    private ReportObject() {}

    static DicomObject of(ResultContext context) {
        Elements dataSet = CommonModules.of(context, ResultKind.REPORT)
                .items(Attribute.REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE)
                .items(Attribute.PERFORMED_PROCEDURE_CODE_SEQUENCE)
                .items(Attribute.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE, evidence(context))
                .text(Attribute.COMPLETION_FLAG, "COMPLETE")
                .text(Attribute.VERIFICATION_FLAG, "UNVERIFIED")
                .text(Attribute.PRELIMINARY_FLAG, "PRELIMINARY")
                .all(ContentItem.template("1500", ContentItem.container(REPORT, content(context))));
        return PartTenFile.of(context, ResultKind.REPORT, dataSet, 0);
    }

    private static List<Elements> content(ResultContext context) {
        CaseSegmentation work = context.work();
        String device = ResultUids.fixed("device", work.checkpoint().digest().hex());
        List<Elements> content = new ArrayList<>();
        content.add(ContentItem.code(CONCEPT_MODIFIER, LANGUAGE, ENGLISH));
        content.add(ContentItem.code(OBSERVATION_CONTEXT, OBSERVER_TYPE, DEVICE));
        content.add(ContentItem.uid(OBSERVATION_CONTEXT, DEVICE_UID, device));
        content.add(ContentItem.text(OBSERVATION_CONTEXT, DEVICE_NAME, work.program()));
        content.add(ContentItem.code(CONCEPT_MODIFIER, PROCEDURE_REPORTED, IMAGING));
        content.add(container(
                IMAGE_LIBRARY,
                List.of(container(
                        IMAGE_LIBRARY_GROUP,
                        work.images().stream()
                                .map(image ->
                                        ContentItem.image(image.reference().image()))
                                .toList()))));
        List<Elements> lesions = context.lesions().stream()
                .map(lesion -> MeasurementGroup.of(lesion, context))
                .toList();
        content.add(container(MEASUREMENTS, lesions));
        if (lesions.isEmpty()) {
            content.add(container(EVALUATIONS, List.of(ContentItem.text(CONTAINS, FINDING, "0 lesions"))));
        }
        return content;
    }

    private static Elements container(DicomCode name, List<Elements> content) {
        return ContentItem.related(CONTAINS, ContentItem.container(name, content));
    }

    /** Every object that the content refers to. */
    private static Elements evidence(ResultContext context) {
        List<ImageReference> references = new ArrayList<>();
        context.work().images().forEach(image -> references.add(image.reference()));
        if (!context.lesions().isEmpty()) {
            references.add(new ImageReference(
                    ResultKind.SEGMENTATION.seriesUid(context.uids()),
                    ResultKind.SEGMENTATION.sopClassUid(),
                    ResultKind.SEGMENTATION.instanceUid(context.uids()),
                    Optional.empty()));
        }
        List<Elements> series = CommonModules.bySeries(references).entrySet().stream()
                .map(each -> new Elements()
                        .text(Attribute.SERIES_INSTANCE_UID, each.getKey())
                        .items(
                                Attribute.REFERENCED_SOP_SEQUENCE,
                                each.getValue().stream()
                                        .map(ImageReference::instance)
                                        .toList()))
                .toList();
        return new Elements()
                .text(Attribute.STUDY_INSTANCE_UID, context.source().studyUid())
                .items(Attribute.REFERENCED_SERIES_SEQUENCE, series);
    }
}
