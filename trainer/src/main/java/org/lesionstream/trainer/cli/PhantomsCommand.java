package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.phantom.PhantomFolder;
import org.lesionstream.trainer.phantom.PhantomSettings;
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
        ProgressBar bar = ProgressBar.on(spec.commandLine().getErr());
        new PhantomFolder(out)
                .write(
                        new PhantomSettings(count, seed, size, channels, validationFraction),
                        written -> bar.draw((double) written / count, written + " of " + count + " pictures"));
        bar.end();
        spec.commandLine().getOut().println("phantoms=" + count + " folder=" + out);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
