package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.phantom.PhantomFolder;
import org.lesionstream.trainer.phantom.PhantomSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes pictures with made-up lesions and exact masks. */
@Command(
        name = "phantoms",
        mixinStandardHelpOptions = true,
        description = {
            "Makes pictures with made-up lesions and their exact masks, ready for train.",
            "Writes images/{train,val}, masks/{train,val} and index.csv. Equal options give equal files."
        })
final class PhantomsCommand implements Callable<Integer> {

    private static final int BAR = 24;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write; without pictures yet.")
    private Path out;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "400",
            description = "Pictures in all (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Rows and columns in pixels (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--channels",
            paramLabel = "N",
            defaultValue = "1",
            description = "1 grey, 3 colour (default: ${DEFAULT-VALUE}).")
    private int channels;

    @Option(
            names = "--val-fraction",
            paramLabel = "F",
            defaultValue = "0.2",
            description = "Share of the cases for validation (default: ${DEFAULT-VALUE}).")
    private double validationFraction;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
        new PhantomFolder(out).write(new PhantomSettings(count, seed, size, channels, validationFraction), written -> {
            if (terminal) {
                draw(err, written);
            }
        });
        spec.commandLine().getOut().println("phantoms=" + count + " folder=" + out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void draw(PrintWriter err, int written) {
        int filled = (int) ((long) BAR * written / count);
        String end = written == count ? "\n" : "";
        err.printf(
                Locale.ROOT,
                "\r[%s%s] %d of %d pictures%s",
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                written,
                count,
                end);
        err.flush();
    }
}
