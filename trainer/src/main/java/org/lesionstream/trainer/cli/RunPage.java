package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.report.TrainingCurve;
import org.lesionstream.trainer.report.TrainingReport;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.ProgressListener;
import org.lesionstream.trainer.training.StepReport;
import org.lesionstream.trainer.training.TrainingOutcome;

/**
 * The page that a run is watched by: written anew after every epoch and about every ten seconds between, until it says how the run ended.
 *
 * <ul>
 *   <li>A browser always finds a whole page: it is replaced in one step. After a kill it stays as it was, with the time it was written.
 *   <li>A page that cannot be written is told once and ends no run.
 *   <li>Confined to the training thread.
 * </ul>
 */
final class RunPage implements ProgressListener, AutoCloseable {

    static final String NAME = "progress.html";

    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final Path file;
    private final String run;
    private final Recipe recipe;
    private final PrintWriter err;
    private final LongSupplier nanoClock;
    private final InstantSource wallClock;

    private String state = "The run begins.";
    private boolean open = true;
    private Optional<StepReport> step = Optional.empty();
    private TrainingCurve curve = new TrainingCurve(List.of(), OptionalInt.empty());
    private long lastWritten;
    private boolean warned;

    /**
     * Writes the first page.
     *
     * @param file in a folder that exists
     * @param run its name
     * @param recipe with nothing left to the pictures
     * @param err is told of a page that cannot be written
     * @param nanoClock when the next page is due
     * @param wallClock when a page was written
     */
    RunPage(Path file, String run, Recipe recipe, PrintWriter err, LongSupplier nanoClock, InstantSource wallClock) {
        this.file = file;
        this.run = run;
        this.recipe = recipe;
        this.err = err;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        write();
    }

    @Override
    public void begins(List<EpochReport> done, Optional<EpochReport> best) {
        state = "The run goes on.";
        epochDone(done, best);
    }

    @Override
    public void stepDone(StepReport report) {
        step = Optional.of(report);
        if (nanoClock.getAsLong() - lastWritten >= REFRESH.toNanos()) {
            write();
        }
    }

    @Override
    public void epochDone(List<EpochReport> done, Optional<EpochReport> best) {
        curve = new TrainingCurve(
                done.stream()
                        .map(report -> new TrainingCurve.Epoch(
                                report.epoch(), report.trainingLoss(), report.validationDice(), report.learningRate()))
                        .toList(),
                best.map(report -> OptionalInt.of(report.epoch())).orElse(OptionalInt.empty()));
        write();
    }

    /** The loop has returned. */
    void trained(TrainingOutcome outcome) {
        if (outcome.finished()) {
            // Whatever ended it early, nothing is left.
            step = step.map(last ->
                    new StepReport(last.epoch(), last.loss(), 1, Duration.ZERO, last.imagesPerSecond(), last.waited()));
            state = "Training is finished: %s. The version is not published yet.".formatted(outcome.ending());
            write();
        } else {
            end("The run was interrupted and kept; the same command with --resume goes on with it.");
        }
    }

    /**
     * A version came of it.
     *
     * @param outcome of this run
     * @param reference such as {@code lesion@3}
     */
    void published(TrainingOutcome outcome, String reference) {
        end("Training is finished: %s. Published as %s.".formatted(outcome.ending(), reference));
    }

    /** Says that the run failed, if it was not said how it ended. */
    @Override
    public void close() {
        if (open) {
            end(state + " Then the trainer ended without publishing; it printed why.");
        }
    }

    private void end(String words) {
        state = words;
        open = false;
        write();
    }

    private void write() {
        lastWritten = nanoClock.getAsLong();
        TrainingReport report = new TrainingReport(
                run, recipe, state, open ? Optional.of(REFRESH) : Optional.empty(), wallClock.instant(), step, curve);
        Path written = file.resolveSibling("." + file.getFileName() + ".writing");
        try {
            Files.writeString(written, report.html());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            if (!warned) {
                err.println("warning: the page to watch the run by cannot be written; the run goes on: " + unwritable);
                err.flush();
                warned = true;
            }
        }
    }
}
