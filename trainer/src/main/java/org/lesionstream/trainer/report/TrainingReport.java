package org.lesionstream.trainer.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.training.StepReport;

/**
 * A training run as one page, while it goes on and after it. It names no case.
 *
 * @param run its name
 * @param recipe with nothing left to the pictures
 * @param state how it stands, in words
 * @param refresh after how long a browser should look again; none once nothing changes any more
 * @param written when this was so
 * @param step the last one of this process; none before the first
 * @param curve the epochs that are done, maybe none
 */
public record TrainingReport(
        String run,
        Recipe recipe,
        String state,
        Optional<Duration> refresh,
        Instant written,
        Optional<StepReport> step,
        TrainingCurve curve) {

    private static final String HEAD = """
            <p><b>%s</b></p>
            <p class="note">As of %s.</p>
            %s%s<h2>Curves</h2>
            %s<h2>Recipe %s</h2>
            <p class="note">%s</p>
            %s""";

    private static final String NO_EPOCH = "<p class=\"note\">No epoch is done yet.</p>\n";

    /** The page. */
    public String html() {
        String body = HEAD.formatted(
                Html.escaped(state),
                written.truncatedTo(ChronoUnit.SECONDS),
                step.map(TrainingReport::bar).orElse(""),
                numbers().html(),
                curve.epochs().isEmpty() ? NO_EPOCH : curve.figures(),
                Html.escaped(recipe.name()),
                Html.escaped(recipe.paper()),
                settings().html());
        return Html.page("Training of " + run, refresh, body);
    }

    private static String bar(StepReport step) {
        return "<p><progress max=\"1\" value=\"%s\">%s</progress></p>%n"
                .formatted(Html.number(step.progress()), percent(step.progress()));
    }

    private Table numbers() {
        return new Table(
                        0,
                        "done",
                        "time left",
                        "epoch",
                        "loss of the last step",
                        "images/s",
                        "waited for images",
                        "last validation DSC",
                        "best validation DSC",
                        "best epoch")
                .row(
                        step.map(now -> percent(now.progress())).orElse(Html.ABSENT),
                        step.flatMap(TrainingReport::left).orElse(Html.ABSENT),
                        step.map(now -> Integer.toString(now.epoch())).orElse(Html.ABSENT),
                        step.map(now -> Html.number(now.loss())).orElse(Html.ABSENT),
                        step.map(now -> Html.decimals(now.imagesPerSecond(), 1)).orElse(Html.ABSENT),
                        step.map(now -> percent(now.waited())).orElse(Html.ABSENT),
                        curve.last()
                                .map(epoch -> Html.number(epoch.validationDice()))
                                .orElse(Html.ABSENT),
                        curve.bestEpoch()
                                .map(epoch -> Html.number(epoch.validationDice()))
                                .orElse(Html.ABSENT),
                        curve.bestEpoch()
                                .map(epoch -> Integer.toString(epoch.epoch()))
                                .orElse(Html.ABSENT));
    }

    private Table settings() {
        Table table = new Table(2, "setting", "value");
        for (Setting setting : Setting.values()) {
            table.row(setting.key(), recipe.text(setting));
        }
        return table;
    }

    /** A run that only patience ends has no share that is done, so nobody knows what is left. */
    private static Optional<String> left(StepReport step) {
        Duration left = step.left();
        return step.progress() > 0
                ? Optional.of("%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart()))
                : Optional.empty();
    }

    private static String percent(double share) {
        return Html.decimals(100 * share, 0) + " %";
    }
}
