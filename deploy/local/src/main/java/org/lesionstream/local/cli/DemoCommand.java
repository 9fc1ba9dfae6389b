package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.local.demo.Demo;
import org.lesionstream.local.demo.DemoOptions;
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
                        + " [--seed S]",
        description = {
            "Shows the whole system on this machine: starts a Kafka broker and a PostgreSQL, trains a small network,"
                    + " promotes it, starts the packaged worker, streams good and bad image jobs over both lanes,"
                    + " compares every mask with the truth and writes demo-report.html.",
            "Without --images it makes phantom pictures. Exit status 0 only if nothing was lost or doubled, every bad job"
                    + " was refused with its code, and the mean Dice is at least 0.90 (0.80 with --images).",
            "The last line reads demo: key=value …"
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
}
