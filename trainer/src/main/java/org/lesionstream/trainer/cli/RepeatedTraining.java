package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionstream.trainer.metric.Spread;

/**
 * The same training with one seed after another, so that it shows how much of a score is chance.
 *
 * <ul>
 *   <li>Every network is what a training with its seed alone would make, and is published as soon as it is trained.
 *   <li>Each run has a folder of its own under the run of the checkpoint, called by its seed. All are begun before the first trains, so that a refusal comes at once.
 *   <li>What a published network came to stays in its folder until all are done; it is neither trained nor published again.
 * </ul>
 */
final class RepeatedTraining implements AutoCloseable {

    private final SingleTraining training;
    private final List<TrainingPlan> plans;
    private final List<RunFolder> folders = new ArrayList<>();
    private final List<TrainedRun> runs = new ArrayList<>();

    /**
     * @param plans for each seed, at least two
     */
    RepeatedTraining(SingleTraining training, List<TrainingPlan> plans) {
        this.training = training;
        this.plans = List.copyOf(plans);
    }

    /** Trains and publishes what is not published yet; says whether all is. */
    boolean run(Path store, String name) throws IOException {
        TrainingSession session = training.session();
        for (TrainingPlan plan : plans) {
            RunFolder folder = RunFolder.open(store, name + "/seed-" + seed(plan));
            folders.add(folder);
            session.begin(folder, plan);
        }
        for (int number = 0; number < plans.size(); number++) {
            TrainingPlan plan = plans.get(number);
            session.err().printf(Locale.ROOT, "seed %d, %d of %d%n", seed(plan), number + 1, plans.size());
            session.err().flush();
            Optional<TrainedRun> run = run(folders.get(number), plan);
            if (run.isEmpty()) {
                return false;
            }
            runs.add(run.get());
        }
        return true;
    }

    private Optional<TrainedRun> run(RunFolder folder, TrainingPlan plan) throws IOException {
        Optional<TrainedRun> before = folder.published();
        if (before.isPresent()) {
            training.session()
                    .err()
                    .println("published already, as version " + before.get().version());
            return before;
        }
        Optional<TrainedRun> run = training.run(folder, plan);
        if (run.isPresent()) {
            folder.keep(run.get());
        }
        return run;
    }

    private static long seed(TrainingPlan plan) {
        return new RecipeReader(plan.recipe()).seed();
    }

    /** Says what every run came to, and mean and standard deviation over them; call it after {@link #run} has finished. */
    void print(String name, PrintWriter out) {
        StringBuilder summary = new StringBuilder("repeated runs=" + runs.size());
        runs.forEach(run -> out.println(run.line(name)));
        for (String split : runs.get(0).dice().keySet()) {
            Spread spread = Spread.of(
                    runs.stream().mapToDouble(run -> run.dice().get(split)).toArray());
            summary.append(String.format(
                    Locale.ROOT,
                    " %1$s-dice=%2$.4f %1$s-dice-sd=%3$.4f",
                    split,
                    spread.mean(),
                    spread.standardDeviation()));
        }
        out.println(summary);
        out.flush();
    }

    /** Forgets the runs. */
    void clear() throws IOException {
        for (RunFolder folder : folders) {
            folder.clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (RunFolder folder : folders) {
            folder.close();
        }
    }
}
