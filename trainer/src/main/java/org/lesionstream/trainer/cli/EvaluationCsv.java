package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.LabelAssessment;
import org.lesionstream.trainer.evaluation.PixelScores;
import org.lesionstream.trainer.metric.LesionCounts;
import org.lesionstream.trainer.metric.PixelCounts;

/** What {@code evaluate --csv} writes: a row for every image and class (RFC 4180, UTF-8); a score that does not exist is an empty field. */
final class EvaluationCsv {
    private static final String HEAD = "split,case,label,class,dsc,iou,mae,sensitivity,specificity,hd95_px,hd95_mm,"
            + "tp,fp,fn,tn,lesions,lesions_found,lesions_predicted,lesions_right";
    private static final String LINE_END = "\r\n";

    private EvaluationCsv() {}

    static void write(Path file, List<String> classNames, Map<String, List<CaseAssessment>> assessments)
            throws IOException {
        StringBuilder lines = new StringBuilder(HEAD).append(LINE_END);
        assessments.forEach((split, cases) -> {
            for (CaseAssessment each : cases) {
                for (int index = 0; index < classNames.size(); index++) {
                    List<String> fields = new ArrayList<>();
                    fields.add(quoted(split));
                    fields.add(quoted(each.name()));
                    fields.add(Integer.toString(index + 1));
                    fields.add(quoted(classNames.get(index)));
                    addScores(fields, each.labels().get(index));
                    lines.append(String.join(",", fields)).append(LINE_END);
                }
            }
        });
        Files.writeString(file, lines);
    }

    private static void addScores(List<String> fields, LabelAssessment image) {
        PixelScores scores = image.scores();
        fields.add(number(scores.dice()));
        fields.add(number(scores.intersectionOverUnion()));
        fields.add(number(scores.meanAbsoluteError()));
        fields.add(number(scores.sensitivity()));
        fields.add(number(scores.specificity()));
        fields.add(number(image.hausdorff95Pixels()));
        fields.add(number(image.hausdorff95Millimetres()));
        PixelCounts counts = image.counts();
        LesionCounts lesions = image.lesions();
        for (long count : new long[] {
            counts.both(), counts.predictedOnly(), counts.truthOnly(), counts.neither(),
            lesions.truth(), lesions.found(), lesions.predicted(), lesions.right()
        }) {
            fields.add(Long.toString(count));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
