package org.lesionstream.trainer.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.SplitSummary;

/**
 * The scores of a checkpoint as one page: tables, curves, and cases as pictures.
 *
 * @param checkpoint name, version and digest, as text
 * @param overlap from which intersection over union a lesion counts as found; 0 for any overlap
 * @param summaries of every split
 * @param cases of every split
 * @param worst drawn, worst first
 * @param middle drawn
 * @param best drawn
 * @param training how it was learnt, where that is known
 */
public record EvaluationReport(
        String checkpoint,
        double overlap,
        Map<String, SplitSummary> summaries,
        Map<String, List<CaseAssessment>> cases,
        List<ShownCase> worst,
        List<ShownCase> middle,
        List<ShownCase> best,
        Optional<TrainingCurve> training) {

    private static final String NOTES = """
            <p class="note">All scores are those of decided masks at the size of the source. <b>Mean of images</b>: every image weighs alike; in brackets the
            bootstrap 95 %% interval of the mean (percentiles of 2,000 resamples of the images). <b>Micro</b>: one confusion matrix over the pixels of all images.
            <b>Macro</b>: mean over classes. Two empty masks have DSC and IoU 1. MAE is the share of wrong pixels of the decided mask. HD95 is the 95th percentile
            of the distances between the outlines, both ways joined; it does not exist where one mask alone is empty. A lesion is an 8-connected region; it is
            found when %s. ECE is the mean distance between confidence and share of right pixels over ten bins.</p>
            """;

    /** The page. */
    public String html() {
        StringBuilder body = new StringBuilder();
        body.append("<p>Checkpoint <code>%s</code></p>%n".formatted(Html.escaped(checkpoint)));
        body.append(NOTES.formatted(
                overlap == 0
                        ? "a predicted one shares a pixel with it"
                        : "its intersection over union with a predicted one is at least " + Html.decimals(overlap, 2)));
        summaries.forEach((split, summary) -> body.append(new SplitSection(split, summary, cases.get(split)).html()));
        training.ifPresent(curve -> body.append("<h2>Training</h2>\n").append(curve.figures()));
        body.append(ShownCase.gallery("Worst cases", "", worst));
        body.append(ShownCase.gallery("Cases in the middle", "", middle));
        body.append(ShownCase.gallery("Best cases", "", best));
        return Html.page("Evaluation", body.toString());
    }
}
