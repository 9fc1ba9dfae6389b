package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.weights.WeightsFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network on pictures with masks and publishes it. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a network by a recipe and publishes it as the next version of a checkpoint.",
            "The run is kept in STORE/.runs/NAME every few minutes and when it is interrupted (Ctrl-C, SIGTERM);"
                    + " the same command with --resume goes on with it. There, curve.csv grows with every epoch, and"
                    + " progress.html shows in a browser how the run gets on and, afterwards, how it ended."
        })
final class TrainCommand implements Callable<Integer> {

    private static final int SCANNED_TOGETHER = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private DataOptions data;

    @Mixin
    private NameOption name;

    @Mixin
    private LesionRuleOptions lesionRules;

    @Mixin
    private NetworkOption network;

    @Option(
            names = "--from",
            paramLabel = "REF",
            converter = ReferenceConverter.class,
            description = {
                "Begin with the weights of this checkpoint (name@version, name@alias) in place of drawn ones; heads for another",
                "number of classes are drawn. Without --network it is the checkpoint's."
            })
    private CheckpointReference from;

    @ArgGroup
    private Several several = new Several();

    /** Whether more than one network is trained, and what for. */
    static final class Several {
        @Option(
                names = "--folds",
                paramLabel = "K",
                description = {
                    "Cross validation: split the cases of train and val into K parts, train K networks of which each is judged by",
                    "another part, and publish all of them as one that answers with their mean (default: one network, no folds)."
                })
        private int folds = 1;

        @Option(
                names = "--repeat",
                paramLabel = "N",
                description = {
                    "Train N networks with the seeds S, S+1 and on, each with the whole budget of the recipe, and publish each as a",
                    "version; then print mean and standard deviation of their Dice. Without val/ a seed draws its own split, too."
                })
        private int repeat = 1;
    }

    @ArgGroup
    private BegunBefore begunBefore = new BegunBefore();

    /** What to do about a run that was begun before. */
    static final class BegunBefore {
        @Option(names = "--resume", description = "Go on with the run that was begun under this name, if there is one.")
        private boolean resume;

        @Option(names = "--restart", description = "Throw away the run that was begun under this name.")
        private boolean restart;

        private TrainingSession.OnRun choice() {
            return resume
                    ? TrainingSession.OnRun.RESUME
                    : restart ? TrainingSession.OnRun.RESTART : TrainingSession.OnRun.REFUSE;
        }
    }

    @Option(
            names = "--keep-every",
            paramLabel = "M",
            defaultValue = "5",
            description = "Minutes between two times that the run is kept (default: ${DEFAULT-VALUE}).")
    private double keepEvery;

    @Override
    public Integer call() throws IOException {
        if (several.repeat < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat must be a positive number, was " + several.repeat);
        }
        Optional<PublishedCheckpoint> parent =
                from == null ? Optional.empty() : Optional.of(store.open().resolve(from));
        Recipe recipe = RecipeOptions.read(
                spec,
                usual -> network.orElse(parent.map(TrainCommand::networkOf).orElse(usual)));
        new RecipeReader(recipe).precision().requireFast();
        CaseIndex index = data.read();
        store.open().requireWritable(name.text());
        try (Interruption interruption = Interruption.listen()) {
            TrainingSession session = new TrainingSession(
                    begunBefore.choice(),
                    ofMinutes(keepEvery),
                    interruption,
                    err(),
                    System::nanoTime,
                    InstantSource.system());
            boolean finished = train(index, recipe, new SingleTraining(session, weights(parent), publisher(parent)));
            if (!finished) {
                err().println("interrupted and kept; the same command with --resume goes on with it");
                err().flush();
            }
            return finished ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean train(CaseIndex index, Recipe recipe, SingleTraining training) throws IOException {
        if (several.folds != 1) {
            return crossValidate(index, recipe, training);
        }
        return several.repeat == 1 ? trainOne(index, recipe, training) : repeat(index, recipe, training);
    }

    private boolean trainOne(CaseIndex index, Recipe recipe, SingleTraining training) throws IOException {
        TrainingPlan plan = plan(index, recipe, scan(index));
        try (RunFolder folder = RunFolder.open(store.folder(), name.text())) {
            training.session().begin(folder, plan);
            boolean finished = training.run(folder, plan).isPresent();
            if (finished) {
                folder.clear();
            }
            return finished;
        }
    }

    private boolean repeat(CaseIndex index, Recipe recipe, SingleTraining training) throws IOException {
        DatasetScan scan = scan(index);
        long seed = new RecipeReader(recipe).seed();
        List<TrainingPlan> plans = new ArrayList<>();
        for (int number = 0; number < several.repeat; number++) {
            Recipe ofSeed = recipe.with(Setting.SEED, Long.toString(seed + number), "counted on by --repeat");
            plans.add(plan(index, number == 0 ? recipe : ofSeed, scan));
        }
        try (RepeatedTraining repeated = new RepeatedTraining(training, plans)) {
            boolean finished = repeated.run(store.folder(), name.text());
            if (finished) {
                repeated.print(name.text(), spec.commandLine().getOut());
                repeated.clear();
            }
            return finished;
        }
    }

    private static TrainingPlan plan(CaseIndex index, Recipe recipe, DatasetScan scan) {
        RecipeReader reader = new RecipeReader(recipe);
        DatasetSplit split = DatasetSplit.of(index, reader.seed(), reader.validationShare());
        return TrainingPlan.of(split, index.cases("test"), recipe, scan);
    }

    private DatasetScan scan(CaseIndex index) {
        List<CaseFiles> cases = index.all();
        int threads = Runtime.getRuntime().availableProcessors();
        return DatasetScan.of(cases, threads, read -> {
            if (read % SCANNED_TOGETHER == 0) {
                err().printf("%d of %d cases read%n", read, cases.size());
                err().flush();
            }
        });
    }

    private boolean crossValidate(CaseIndex index, Recipe recipe, SingleTraining training) throws IOException {
        try (CrossValidation validation =
                new CrossValidation(index, scan(index), recipe, training.parent(), several.folds, training.session())) {
            boolean finished = validation.run(store.folder(), name.text());
            if (finished) {
                validation.published(
                        training.publisher().publish(validation.ensemble()).reference());
                validation.clear();
            }
            return finished;
        }
    }

    private static Optional<WeightsFile> weights(Optional<PublishedCheckpoint> parent) throws IOException {
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        CheckpointManifest manifest = parent.get().manifest();
        return Optional.of(WeightsFile.ofVersion(parent.get().folder(), manifest.name() + "@" + manifest.version()));
    }

    private static NetworkSpec networkOf(PublishedCheckpoint checkpoint) {
        NetworkDescription network = checkpoint.manifest().network();
        Map<String, String> options = new TreeMap<>(network.options());
        options.keySet().removeAll(Set.of("channels", "classes", "pruned", "mode"));
        return new NetworkSpec(network.name(), options);
    }

    private Publisher publisher(Optional<PublishedCheckpoint> parent) {
        return new Publisher(
                store.open(),
                name.text(),
                lesionRules.over(LesionRules.ALL),
                spec.root().version()[0],
                parent,
                spec.commandLine().getOut(),
                err());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static Duration ofMinutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }
}
