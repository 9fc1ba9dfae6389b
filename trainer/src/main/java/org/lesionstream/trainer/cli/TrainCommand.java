package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.training.RunSettings;
import org.lesionstream.trainer.training.StopRule;
import org.lesionstream.trainer.training.TrainingOutcome;
import picocli.CommandLine;
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
            "Trains a network and publishes it as the next version of a checkpoint.",
            "Without --minutes and --epochs it trains for ten minutes.",
            "Without --network it trains unet-same:base=16,up=bilinear."
        })
final class TrainCommand implements Callable<Integer> {

    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
    private static final NetworkSpec DEFAULT_NETWORK = NetworkSpec.parse("unet-same:base=16,up=bilinear");

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Pictures: train/ and val/ in it, or only files, which are then split by --seed.")
    private Path images;

    @Option(
            names = "--masks",
            required = true,
            paramLabel = "DIR",
            description = "NAME.png for each picture: black and white, or class indices.")
    private Path masks;

    @Mixin
    private NameOption name;

    @Mixin
    private LesionRuleOptions lesionRules;

    @Mixin
    private NetworkOption network;

    @Option(names = "--minutes", paramLabel = "M", description = "Stop after so many minutes of training.")
    private Double minutes;

    @Option(names = "--epochs", paramLabel = "E", description = "Stop after so many epochs; repeatable with --seed.")
    private Integer epochs;

    @Option(names = "--until-dice", paramLabel = "D", description = "Stop when validation Dice is this good.")
    private Double untilDice;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of weights, order, augmentation and split (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Side of the network's input in pixels (default: chosen by the size of the pictures).")
    private Integer size;

    @Option(
            names = "--geometry",
            paramLabel = "G",
            description = "fit: whole pictures, resized; tiles: windows of them (default: chosen by their size).")
    private GeometryKind geometry;

    @Option(names = "--batch", paramLabel = "N", description = "Samples per step (default: 8).")
    private Integer batch;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Of the first step (default: 0.002).")
    private Double learningRate;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        TrainingPlan plan = TrainingPlan.of(
                images,
                masks,
                network.orElse(DEFAULT_NETWORK),
                size == null ? OptionalInt.empty() : OptionalInt.of(size),
                Optional.ofNullable(geometry),
                settings());
        CheckpointStore checkpoints = store.open();
        checkpoints.requireWritable(name.text());
        announce(plan, err);
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingWiring wiring = new TrainingWiring(plan, manager);
            ProgressPrinter progress = new ProgressPrinter(err, CommandLine.Help.Ansi.AUTO.enabled(), System::nanoTime);
            TrainingOutcome outcome = wiring.run(progress, System::nanoTime).run(manager);
            err.println("exporting and verifying");
            err.flush();
            TrainedCheckpoint trained = new TrainedCheckpoint(
                    plan, wiring, outcome, producer(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
            LesionRules rules = lesionRules.over(LesionRules.ALL);
            PublishedCheckpoint published =
                    checkpoints.publish(name.text(), folder -> trained.write(folder, name.text(), rules));
            DriftWarning.print(published.manifest().files(), err);
            print(published, trained.validationDice());
        }
        return 0;
    }

    private RunSettings settings() {
        Optional<Duration> time = Optional.ofNullable(minutes).map(TrainCommand::ofMinutes);
        StopRule stop = new StopRule(
                time.isEmpty() && epochs == null ? Optional.of(DEFAULT_TIME) : time,
                epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs),
                untilDice == null ? OptionalDouble.empty() : OptionalDouble.of(untilDice));
        RunSettings settings = RunSettings.defaults(stop).withSeed(seed);
        settings = batch == null ? settings : settings.withBatchSize(batch);
        return learningRate == null ? settings : settings.withLearningRate(learningRate);
    }

    private static Duration ofMinutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    private String producer() {
        return spec.root().version()[0];
    }

    private static void announce(TrainingPlan plan, PrintWriter err) {
        InputSpec input = plan.input();
        err.printf(
                Locale.ROOT,
                "%d cases teach, %d judge; %s; %s %dx%d%n",
                plan.split().train().size(),
                plan.split().validation().size(),
                plan.network(),
                input.geometry().name().toLowerCase(Locale.ROOT),
                input.height(),
                input.width());
        if (plan.tilesCutItsView()) {
            err.println("warning: this network sees whole images at once, so neighbouring tiles will not quite agree;"
                    + " --geometry fit feeds it whole pictures");
        }
        err.flush();
    }

    private void print(PublishedCheckpoint published, double dice) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "trained %s@%d digest=%s val-dice=%.4f",
                published.manifest().name(),
                published.manifest().version(),
                published.manifest().digest(),
                dice));
        out.flush();
    }
}
