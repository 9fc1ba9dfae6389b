package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.lesionstream.trainer.training.RunSurroundings;
import org.lesionstream.trainer.training.TrainingOutcome;
import picocli.CommandLine;

/**
 * One run of one plan in its folder: begun or gone on with, watched, and kept whenever it must be.
 *
 * @param onRun what to do about a run that was begun before
 * @param keepEvery time between two times that it is kept
 * @param interruption asked whether the process should end
 * @param err where progress is told
 * @param nanoClock the time
 * @param wallClock the time of day
 */
record TrainingSession(
        OnRun onRun,
        Duration keepEvery,
        BooleanSupplier interruption,
        PrintWriter err,
        LongSupplier nanoClock,
        InstantSource wallClock) {

    /** What to do about a run that was begun before and not finished. */
    enum OnRun {
        REFUSE,
        RESUME,
        RESTART
    }

    /** Prepares the folder for the plan, before anything that takes long. */
    void begin(RunFolder folder, TrainingPlan plan) throws IOException {
        if (folder.begun() && onRun == OnRun.REFUSE) {
            throw new IllegalArgumentException(
                    "a run was begun in %s and not finished: go on with it by --resume, or throw it away by --restart"
                            .formatted(folder.path()));
        }
        if (folder.begun() && onRun == OnRun.RESUME) {
            folder.requireSame(plan.recipe(), plan.dataDigest());
            err.println("going on with the run in " + folder.path());
        } else {
            folder.begin(plan.recipe(), plan.dataDigest());
        }
        err.flush();
    }

    /** Begins the page of a run, and says where it is. */
    RunPage page(RunFolder folder, TrainingPlan plan) {
        Path file = folder.file(RunPage.NAME).toAbsolutePath();
        err.println("watch: " + file.toUri());
        err.flush();
        return new RunPage(file, folder.name(), plan.recipe(), err, nanoClock, wallClock);
    }

    /** Trains; the network of the wiring then has the best weights, if the outcome is finished. */
    TrainingOutcome run(RunFolder folder, RunPage page, TrainingWiring wiring, NDManager manager) throws IOException {
        boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
        CurveFile curve = new CurveFile(folder.file(CurveFile.NAME));
        RunWatch watch = new RunWatch(List.of(new ProgressPrinter(err, terminal, nanoClock), curve, page));
        int loaders = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        RunSurroundings around = new RunSurroundings(watch, folder.keeper(), interruption, loaders, nanoClock);
        TrainingOutcome outcome = wiring.run(keepEvery, around).run(manager);
        page.trained(outcome);
        return outcome;
    }
}
