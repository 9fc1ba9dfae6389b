package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.local.demo.Agreement;
import org.lesionstream.local.demo.AgreementOptions;
import org.lesionstream.local.demo.Demo;
import org.lesionstream.local.demo.DemoOptions;
import org.lesionstream.local.demo.PacsDemo;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the options of the demo and runs it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = LocalCli.Version.class,
        sortOptions = false,
        customSynopsis =
                "deploy/demo [--images DIR --masks DIR] [--network N] [--jobs N] [--minutes M] [--keep] [--out DIR] [--device D]"
                        + " [--seed S]%n       deploy/demo --pacs [--network N] [--minutes M] [--out DIR] [--device D] [--seed S]%n       deploy/demo --checkpoint REF --store DIR --images DIR --masks DIR [--precision P] [--out DIR] [--device D]",
        description = {
            "Shows the whole system on this machine: starts a Kafka broker and a PostgreSQL, trains a small network,"
                    + " promotes it, starts the packaged worker, streams good and bad image jobs over both lanes,"
                    + " compares every mask with the truth and writes demo-report.html.",
            "Without --images it makes phantom pictures. Exit status 0 only if nothing was lost or doubled, every bad job"
                    + " was refused with its code, and the mean Dice is at least 0.90 (0.80 with --images).",
            "The last line reads demo: key=value …",
            "With --checkpoint nothing is trained: the worker serves that version from your store, every picture of val/ (of a"
                    + " flat folder all) goes through it once, and each stored mask is compared pixel for pixel with the one"
                    + " that trainer evaluate judges. Exit status 0 only if all are equal and the Dice agree to four digits;"
                    + " the last line reads agreement: key=value …",
            "With --pacs a series of phantoms goes from an archive (Orthanc, installed with apt where that is possible) through"
                    + " the worker, and a DICOM segmentation and a report come back into it. Exit status 0 only if they are what the"
                    + " database gives, byte for byte, and a validator finds no error in them."
        })
final class DemoCommand implements Callable<Integer> {

    private static final double MINUTES_FOR_PHANTOMS = 3;
    private static final double MINUTES_FOR_PICTURES = 15;

    /** Both or none. */
    static final class OwnPictures {
        @Option(
                names = "--images",
                required = true,
                paramLabel = "DIR",
                description = "pictures: train on DIR/train, stream DIR/val")
        private Path images;

        @Option(
                names = "--masks",
                required = true,
                paramLabel = "DIR",
                description = "masks in the same folders: the name of the picture, with the ending .png")
        private Path masks;
    }

    @ArgGroup(exclusive = false)
    private OwnPictures ownPictures;

    /** Both or none. */
    static final class OwnCheckpoint {
        @Option(
                names = "--checkpoint",
                required = true,
                paramLabel = "REF",
                description = "name@version, name@alias or name@sha256:…: compare the masks that the worker stores with"
                        + " those that trainer evaluate judges")
        private String reference;

        @Option(
                names = "--store",
                required = true,
                paramLabel = "DIR",
                description = "the store that holds it; only read")
        private Path store;
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @ArgGroup(exclusive = false)
    private OwnCheckpoint ownCheckpoint;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "with --checkpoint: which of its files the worker and evaluate run, fp32, bf16 or fp16, or auto for"
                            + " the worker's choice (default: fp32)")
    private Optional<String> precision;

    @Option(
            names = "--network",
            paramLabel = "N",
            defaultValue = "unet-same:base=16",
            description = "network to train (default: ${DEFAULT-VALUE})")
    private String network;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "240",
            description = "jobs to submit, four bad ones among them; at least 20 (default: ${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description =
                    "longest training (default: 3; 15 with --images). On phantoms it ends earlier when it is good enough")
    private Optional<Double> minutes;

    @Option(names = "--pacs", description = "a series from an archive, and its results back into it")
    private boolean pacs;

    @Option(names = "--keep", description = "leave everything running, print the addresses and wait for Ctrl-C")
    private boolean keep;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description =
                    "where the worker computes: cpu, or cuda with a worker built for it (default: ${DEFAULT-VALUE})")
    private String device;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws IOException {
        if (ownCheckpoint != null && pacs) {
            throw wrong("--checkpoint does not go with --pacs: a checkpoint for phantoms is trained there");
        }
        if (ownCheckpoint != null) {
            return Agreement.run(agreement(), StackOptions.terminal(), Clock.systemUTC()) ? 0 : 1;
        }
        if (pacs) {
            return PacsDemo.run(pacsOptions(), StackOptions.terminal(), Clock.systemUTC()) ? 0 : 1;
        }
        if (precision.isPresent()) {
            throw wrong("--precision goes with --checkpoint");
        }
        return Demo.run(options(), StackOptions.terminal(), Clock.systemUTC()) ? 0 : 1;
    }

    private DemoOptions options() {
        Optional<DemoOptions.PictureSource> pictures = Optional.ofNullable(ownPictures)
                .map(own -> new DemoOptions.PictureSource(own.images.toAbsolutePath(), own.masks.toAbsolutePath()));
        return new DemoOptions(
                stack.home(),
                stack.out("demo"),
                pictures,
                network,
                jobs,
                minutes.orElse(pictures.isPresent() ? MINUTES_FOR_PICTURES : MINUTES_FOR_PHANTOMS),
                device,
                stack.seed(),
                keep);
    }

    private DemoOptions pacsOptions() {
        if (ownPictures != null || keep || spec.commandLine().getParseResult().hasMatchedOption("--jobs")) {
            throw wrong(
                    "--images, --masks, --jobs and --keep do not go with --pacs: it is one job for one series of phantoms");
        }
        return options();
    }

    AgreementOptions agreement() {
        if (ownPictures == null) {
            throw wrong("--checkpoint needs --images and --masks");
        }
        for (String other : List.of("--network", "--jobs", "--minutes", "--keep")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
                throw wrong(other + " does not go with --checkpoint: nothing is trained, and every picture is one job");
            }
        }
        try {
            return new AgreementOptions(
                    stack.home(),
                    stack.out("demo"),
                    CheckpointReference.parse(ownCheckpoint.reference),
                    ownCheckpoint.store.toAbsolutePath(),
                    ownPictures.images.toAbsolutePath(),
                    ownPictures.masks.toAbsolutePath(),
                    precision.orElse("fp32"),
                    device);
        } catch (IllegalArgumentException failure) {
            throw wrong(failure.getMessage());
        }
    }

    private CommandLine.ParameterException wrong(String why) {
        return new CommandLine.ParameterException(spec.commandLine(), why);
    }
}
