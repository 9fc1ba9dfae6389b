package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The trainer in this process, with a small network and made-up lesions in a folder that several of these may share. */
final class PhantomTraining {

    private final Path folder;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    PhantomTraining(Path folder) {
        this.folder = folder;
    }

    /** Eighteen pictures that teach and six that judge. */
    void draw() {
        assertThat(run(
                        "phantoms",
                        "--out",
                        folder.toString(),
                        "--count",
                        "24",
                        "--size",
                        "48",
                        "--val-fraction",
                        "0.25"))
                .as(this::err)
                .isZero();
    }

    Path store() {
        return folder.resolve("store");
    }

    /** What {@code train} is called with: four epochs, unless the options say otherwise. */
    String[] arguments(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--name", name, "--store", store().toString()));
        List<String> given = List.of(more);
        if (!given.contains("--index")) {
            usual(arguments, given, "--images", folder.resolve("images").toString());
            usual(arguments, given, "--masks", folder.resolve("masks").toString());
        }
        if (!given.contains("--from")) {
            usual(arguments, given, "--network", "unet-same:base=4,depth=3,up=bilinear");
        }
        usual(arguments, given, "--size", "48");
        usual(arguments, given, "--batch", "4");
        usual(arguments, given, "--learning-rate", "0.01");
        usual(arguments, given, "--epochs", "4");
        arguments.addAll(given);
        return arguments.toArray(String[]::new);
    }

    private static void usual(List<String> arguments, List<String> given, String option, String value) {
        if (!given.contains(option)) {
            arguments.addAll(List.of(option, value));
        }
    }

    /** Trains; {@link #out} and {@link #err} are of this call alone, as after every call. */
    int train(String name, String... more) {
        return run(arguments(name, more));
    }

    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
