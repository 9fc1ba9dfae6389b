package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.training.TrainingOutcome;
import org.lesionstream.trainer.weights.WeightsFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--folds",
            paramLabel = "K",
            defaultValue = "1",
            description = {
                "Cross validation: split the cases of train and val into K parts, train K networks of which each is judged by",
                "another part, and publish all of them as one that answers with their mean (default: one network, no folds)."
            })
    private int folds;

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
        Optional<PublishedCheckpoint> parent =
                from == null ? Optional.empty() : Optional.of(store.open().resolve(from));
        Recipe recipe = RecipeOptions.read(
                spec,
                usual -> network.orElse(parent.map(TrainCommand::networkOf).orElse(usual)));
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
            boolean finished =
                    folds == 1 ? train(index, recipe, parent, session) : crossValidate(index, recipe, parent, session);
            if (!finished) {
                err().println("interrupted and kept; the same command with --resume goes on with it");
                err().flush();
            }
            return finished ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean train(CaseIndex index, Recipe recipe, Optional<PublishedCheckpoint> parent, TrainingSession session)
            throws IOException {
        RecipeReader reader = new RecipeReader(recipe);
        DatasetSplit split = DatasetSplit.of(index, reader.seed(), reader.validationShare());
        TrainingPlan plan = TrainingPlan.of(split, index.cases("test"), recipe, scan(index));
        try (RunFolder folder = RunFolder.open(store.folder(), name.text());
                RunPage page = session.begin(folder, plan);
                NDManager manager = NDManager.newBaseManager()) {
            plan.announce(err());
            TrainingWiring wiring = new TrainingWiring(plan, weights(parent), Optional.empty(), manager);
            TrainingOutcome outcome = session.run(folder, page, wiring, manager);
            if (outcome.finished()) {
                page.published(outcome, publish(TrainedCheckpoint.of(plan, wiring, outcome), parent));
                folder.clear();
            }
            return outcome.finished();
        }
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

    private boolean crossValidate(
            CaseIndex index, Recipe recipe, Optional<PublishedCheckpoint> parent, TrainingSession session)
            throws IOException {
        try (CrossValidation validation =
                new CrossValidation(index, scan(index), recipe, weights(parent), folds, session)) {
            boolean finished = validation.run(store.folder(), name.text());
            if (finished) {
                validation.published(publish(validation.ensemble(), parent));
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

    /** Gives the reference of the new version. */
    private String publish(TrainedCheckpoint trained, Optional<PublishedCheckpoint> parent) throws IOException {
        err().println("exporting and verifying");
        err().flush();
        LesionRules rules = lesionRules.over(LesionRules.ALL);
        String producer = spec.root().version()[0];
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, SplitScore> scores = new LinkedHashMap<>();
        PublishedCheckpoint published = store.open().publish(name.text(), trained.lineage(parent), draft -> {
            IntFunction<CheckpointManifest> manifests = trained.write(draft, name.text(), rules, producer, now);
            scores.putAll(trained.scores(draft));
            return manifests;
        });
        DriftWarning.print(published.manifest().files(), err());
        Map.Entry<String, SplitScore> judging = scores.entrySet().iterator().next();
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "trained %s@%d digest=%s %s-dice=%.4f",
                published.manifest().name(),
                published.manifest().version(),
                published.manifest().digest(),
                judging.getKey(),
                judging.getValue().dice()));
        out.flush();
        return published.manifest().name() + "@" + published.manifest().version();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static Duration ofMinutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }
}
