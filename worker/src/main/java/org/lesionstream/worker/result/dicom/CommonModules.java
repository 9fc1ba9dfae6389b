package org.lesionstream.worker.result.dicom;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.DicomCode;

/** What both objects of a result have: patient and study as in the source; series, equipment and identity of our own (PS3.3, C.7, C.12). */
final class CommonModules {

    /** What took part in the work. */
    static final DicomCode ARTIFICIAL_INTELLIGENCE = new DicomCode("DCM", "123110", "Artificial Intelligence");

    static final String MANUFACTURER = "Lesionstream";
    static final String MODEL = "Lesionstream worker";

    private static final List<Attribute> MAY_BE_EMPTY = List.of(
            Attribute.STUDY_DATE,
            Attribute.STUDY_TIME,
            Attribute.ACCESSION_NUMBER,
            Attribute.REFERRING_PHYSICIAN_NAME,
            Attribute.PATIENT_NAME,
            Attribute.PATIENT_ID,
            Attribute.PATIENT_BIRTH_DATE,
            Attribute.PATIENT_SEX,
            Attribute.STUDY_ID);

    private CommonModules() {}

    static Elements of(ResultContext context, ResultKind kind) {
        Elements elements = new Elements().all(context.source().text().values());
        for (Attribute attribute : MAY_BE_EMPTY) { // type 2: there even if nothing is known
            if (elements.value(attribute).isEmpty()) {
                elements.text(attribute);
            }
        }
        CaseSegmentation work = context.work();
        return elements.text(Attribute.STUDY_INSTANCE_UID, context.source().studyUid())
                .text(Attribute.SOP_CLASS_UID, kind.sopClassUid())
                .text(Attribute.SOP_INSTANCE_UID, kind.instanceUid(context.uids()))
                .text(Attribute.INSTANCE_CREATION_DATE, context.date())
                .text(Attribute.INSTANCE_CREATION_TIME, context.time())
                .text(Attribute.MODALITY, kind.modality())
                .text(Attribute.SERIES_INSTANCE_UID, kind.seriesUid(context.uids()))
                .number(Attribute.SERIES_NUMBER, kind.seriesNumber())
                .text(Attribute.SERIES_DATE, context.date())
                .text(Attribute.SERIES_TIME, context.time())
                .text(Attribute.SERIES_DESCRIPTION, Words.fit(kind.description() + " by " + work.program(), 64))
                .number(Attribute.INSTANCE_NUMBER, 1)
                .text(Attribute.CONTENT_DATE, context.date())
                .text(Attribute.CONTENT_TIME, context.time())
                .text(Attribute.MANUFACTURER, MANUFACTURER)
                .text(Attribute.MANUFACTURER_MODEL_NAME, MODEL)
                .text(Attribute.DEVICE_SERIAL_NUMBER, work.checkpoint().digest().hex())
                .text(Attribute.SOFTWARE_VERSIONS, Words.fit(work.program(), 64));
    }

    /** The instances by their series, each instance once. */
    static Map<String, Set<ImageReference>> bySeries(List<ImageReference> references) {
        Map<String, Set<ImageReference>> series = new LinkedHashMap<>();
        for (ImageReference reference : references) {
            series.computeIfAbsent(reference.seriesUid(), uid -> new LinkedHashSet<>())
                    .add(reference.withoutFrame());
        }
        return series;
    }
}
