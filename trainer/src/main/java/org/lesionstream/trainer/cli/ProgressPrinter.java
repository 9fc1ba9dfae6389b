package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.ProgressListener;
import org.lesionstream.trainer.training.StepReport;

/**
 * How far a training run is: on a terminal a bar that is drawn over itself, elsewhere a plain line per epoch and at least every ten seconds.
 *
 * <p>Confined to the training thread.
 */
final class ProgressPrinter implements ProgressListener {

    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final ProgressBar bar;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long lastPrinted;
    private double lastDice;
    private double bestDice;

    ProgressPrinter(PrintWriter out, boolean terminal, LongSupplier nanoClock) {
        this.out = out;
        this.bar = new ProgressBar(out, terminal);
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.lastPrinted = nanoClock.getAsLong();
    }

    @Override
    public void begins(List<EpochReport> curve, Optional<EpochReport> best) {
        remember(curve, best);
    }

    @Override
    public void stepDone(StepReport step) {
        long now = nanoClock.getAsLong();
        if (now - lastPrinted < (terminal ? BETWEEN_DRAWINGS : BETWEEN_LINES).toNanos()) {
            return;
        }
        lastPrinted = now;
        String text = format(
                "%3d%%  epoch %d  loss %.4f  val-dice %.4f  best %.4f  %.1f images/s  waited %.0f%%  %s left",
                Math.round(100 * step.progress()),
                step.epoch(),
                step.loss(),
                lastDice,
                bestDice,
                step.imagesPerSecond(),
                100 * step.waited(),
                clock(step.left()));
        if (terminal) {
            bar.draw(step.progress(), text);
        } else {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public void epochDone(List<EpochReport> curve, Optional<EpochReport> best) {
        EpochReport report = curve.get(curve.size() - 1);
        remember(curve, best);
        lastPrinted = nanoClock.getAsLong();
        bar.clear();
        out.println(format(
                "epoch %d  loss %.4f  val-dice %.4f%s  %s",
                report.epoch(),
                report.trainingLoss(),
                lastDice,
                best.filter(report::equals).isPresent() ? "  best" : "",
                clock(report.elapsed())));
        out.flush();
    }

    private void remember(List<EpochReport> curve, Optional<EpochReport> best) {
        lastDice = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).validationDice();
        bestDice = best.map(EpochReport::validationDice).orElse(0.0);
    }

    private static String clock(Duration time) {
        return format("%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
