package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.StepReport;

class ProgressPrinterTest {

    private final StringWriter text = new StringWriter();
    private long now;

    @Test
    void printsAPlainLinePerEpochAndEveryTenSeconds() {
        ProgressPrinter progress = printer(false);
        step(progress, 0.1, 9);
        assertThat(text.toString()).isEmpty();
        step(progress, 0.2, 1);
        assertThat(text.toString())
                .startsWith(" 20%  epoch 1  loss 0.5000")
                .contains("12.3 images/s", "waited 5%", "1:40 left")
                .doesNotContain("\r");
        step(progress, 0.3, 1);
        assertThat(text.toString().lines()).hasSize(1);
        EpochReport first = report(1, 0.8123, 75);
        progress.epochDone(List.of(first), Optional.of(first));
        assertThat(text.toString().lines()).last().isEqualTo("epoch 1  loss 0.4000  val-dice 0.8123  best  1:15");
    }

    @Test
    void drawsABarOverItselfOnATerminal() {
        ProgressPrinter progress = printer(true);
        step(progress, 0.5, 1);
        assertThat(text.toString())
                .startsWith("\r[############------------]  50%")
                .doesNotContain("\n");
    }

    @Test
    void remembersTheBestScoreAlsoOfARunThatGoesOn() {
        ProgressPrinter progress = printer(false);
        EpochReport first = report(1, 0.8, 10);
        progress.begins(List.of(first), Optional.of(first));
        step(progress, 0.5, 10);
        assertThat(text.toString().lines()).last().asString().contains("val-dice 0.8000  best 0.8000");
        progress.epochDone(List.of(first, report(2, 0.7, 20)), Optional.of(first));
        assertThat(text.toString().lines()).last().asString().doesNotContain("best");
        step(progress, 0.5, 10);
        assertThat(text.toString().lines()).last().asString().contains("val-dice 0.7000  best 0.8000");
    }

    private static EpochReport report(int epoch, double dice, int seconds) {
        return new EpochReport(epoch, 0.4, dice, 0.001, Duration.ofSeconds(seconds));
    }

    private ProgressPrinter printer(boolean terminal) {
        return new ProgressPrinter(new PrintWriter(text), terminal, () -> now);
    }

    private void step(ProgressPrinter progress, double done, int secondsLater) {
        now += Duration.ofSeconds(secondsLater).toNanos();
        progress.stepDone(new StepReport(1, 0.5, done, Duration.ofSeconds(100), 12.34, 0.05));
    }
}
