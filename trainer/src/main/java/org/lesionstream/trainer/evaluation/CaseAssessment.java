package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.metric.LesionCounts;
import org.lesionstream.trainer.metric.LesionMatching;
import org.lesionstream.trainer.metric.Reliability;

/**
 * Everything that is measured about one picture.
 *
 * @param name of the case
 * @param spaced whether the picture tells the spacing of its pixels
 * @param labels per foreground label, label 1 first
 * @param all reliability over all pixels
 * @param foreground reliability over the pixels that were decided to be lesion; the background of most pictures is large and easy, and hides them
 */
public record CaseAssessment(
        String name, boolean spaced, List<LabelAssessment> labels, Reliability all, Reliability foreground) {

    public CaseAssessment {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels must hold at least one label");
        }
    }

    /**
     * Measures a prediction.
     *
     * @param source picture and truth
     * @param labels how many labels exist, background included
     */
    public static CaseAssessment of(
            String name, Sample source, Segmentation predicted, int labels, LesionMatching matching) {
        LabelMask mask = predicted.mask();
        List<LesionCounts> lesions = matching.counts(mask, source.mask(), labels);
        List<LabelAssessment> assessments = new ArrayList<>();
        for (int label = 1; label < labels; label++) {
            assessments.add(LabelAssessment.of(mask, source.mask(), label, source.image(), lesions.get(label - 1)));
        }
        return new CaseAssessment(
                name,
                source.image().spacing().isPresent(),
                assessments,
                Reliability.of(predicted, source.mask(), label -> true),
                Reliability.of(predicted, source.mask(), label -> label > 0));
    }

    /** The overlap alone. */
    public CaseScore score() {
        return new CaseScore(name, labels.stream().map(LabelAssessment::counts).toList());
    }
}
