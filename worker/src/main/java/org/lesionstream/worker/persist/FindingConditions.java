package org.lesionstream.worker.persist;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A {@link FindingFilter} as conditions on the rows of cases, jobs or lesions; each is a question {@code FROM … AS found}. */
final class FindingConditions {
    private static final String OF_CLASS = " AND (class_total.label::text = ? OR class_total.name = ?)";
    private static final String SO_LARGE = " AND lesion.area_square_millimetres >= ?";

    private static final String IN_CASE = """
            job_outcome.case_id = found.case_id AND job_outcome.reference = found.reference AND job_outcome.counted""";

    private static final String FINDING_OF_CASE = """
            EXISTS (SELECT FROM job_outcome JOIN class_total USING (job_id)
                     WHERE class_total.lesions > 0 AND\s""" + IN_CASE;

    private static final String LESION_OF_CASE = """
            EXISTS (SELECT FROM job_outcome JOIN lesion USING (job_id) JOIN class_total USING (job_id, label)
                     WHERE\s""" + IN_CASE;

    private static final String FINDING_OF_JOB = """
            EXISTS (SELECT FROM class_total WHERE class_total.job_id = found.job_id AND class_total.lesions > 0""";

    private static final String LESION_OF_JOB = """
            EXISTS (SELECT FROM lesion JOIN class_total USING (job_id, label) WHERE lesion.job_id = found.job_id""";

    private static final String CLASS_OF_LESION = """
            EXISTS (SELECT FROM class_total
                     WHERE class_total.job_id = found.job_id AND class_total.label = found.label""";

    private static final String VOLUME = """
            EXISTS (SELECT FROM volume_lesion JOIN imaging_case USING (case_id, reference, revision)
                     WHERE volume_lesion.case_id = found.case_id AND volume_lesion.reference = found.reference
                       AND volume_lesion.volume_cubic_millimetres >= ?""";

    private static final String VOLUME_OF_CLASS = """
            (volume_lesion.label::text = ?
                  OR EXISTS (SELECT FROM job_outcome JOIN class_total USING (job_id)
                              WHERE job_outcome.case_id = found.case_id AND job_outcome.reference = found.reference
                                AND class_total.label = volume_lesion.label AND class_total.name = ?))""";

    private FindingConditions() {}

    static void ofCases(FindingFilter filter, Conditions conditions) {
        common(filter, conditions);
        filter.topic()
                .ifPresent(topic -> conditions.and(
                        "EXISTS (SELECT FROM job_outcome WHERE " + IN_CASE + " AND source_topic = ?)", topic));
        finding(filter, conditions, FINDING_OF_CASE, LESION_OF_CASE);
    }

    static void ofJobs(FindingFilter filter, Conditions conditions) {
        common(filter, conditions);
        filter.topic().ifPresent(topic -> conditions.and("source_topic = ?", topic));
        finding(filter, conditions, FINDING_OF_JOB, LESION_OF_JOB);
    }

    static void ofLesions(FindingFilter filter, Conditions conditions) {
        common(filter, conditions);
        filter.topic()
                .ifPresent(topic -> conditions.and(
                        "EXISTS (SELECT FROM job_outcome WHERE job_outcome.job_id = found.job_id AND source_topic = ?)",
                        topic));
        filter.className().ifPresent(name -> conditions.and(CLASS_OF_LESION + OF_CLASS + ")", name, name));
        filter.leastArea().ifPresent(area -> conditions.and("area_square_millimetres >= ?", area));
    }

    private static void finding(FindingFilter filter, Conditions conditions, String anyFinding, String anyLesion) {
        if (filter.leastArea().isPresent()) {
            double area = filter.leastArea().get();
            filter.className()
                    .ifPresentOrElse(
                            name -> conditions.and(anyLesion + SO_LARGE + OF_CLASS + ")", area, name, name),
                            () -> conditions.and(anyLesion + SO_LARGE + ")", area));
        } else {
            filter.className().ifPresent(name -> conditions.and(anyFinding + OF_CLASS + ")", name, name));
        }
    }

    private static void common(FindingFilter filter, Conditions conditions) {
        filter.checkpoint().ifPresent(checkpoint -> checkpoint.restrict(conditions));
        filter.from().ifPresent(moment -> conditions.and("created_at >= ?", at(moment)));
        filter.until().ifPresent(moment -> conditions.and("created_at < ?", at(moment)));
        filter.leastVolume().ifPresent(volume -> filter.className()
                .ifPresentOrElse(
                        name -> conditions.and(VOLUME + " AND " + VOLUME_OF_CLASS + ")", volume, name, name),
                        () -> conditions.and(VOLUME + ")", volume)));
    }

    /** As the driver takes a moment. */
    static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
