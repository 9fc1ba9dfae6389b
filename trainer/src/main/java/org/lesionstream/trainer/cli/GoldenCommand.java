package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.golden.Comparison;
import org.lesionstream.trainer.golden.GoldenFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares networks, their exports, losses and weight maps with reference data; fails unless every file is within the limit. */
@Command(
        name = "golden",
        mixinStandardHelpOptions = true,
        description = {
            "Compares networks, as blocks and as exported files, losses with their gradients and weight maps",
            "with reference data. A file is ok up to a relative error of 1e-4; correct code in 32-bit floats",
            "lands within 2e-5."
        })
final class GoldenCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "safetensors file with weights, input and output")
    private List<Path> files = List.of();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private int ok;
    private int close;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : files) {
            compare(file, out);
            out.flush();
        }
        int failed = files.size() - ok;
        out.printf("golden: files=%d ok=%d within-2e-5=%d failed=%d%n", files.size(), ok, close, failed);
        out.flush();
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** One line about one file; a file that cannot be compared fails alone, so that the others still get their lines. */
    private void compare(Path file, PrintWriter out) {
        try {
            Comparison comparison = GoldenFile.read(file).compare();
            ok += comparison.ok() ? 1 : 0;
            close += comparison.close() ? 1 : 0;
            out.printf(
                    "%s: %s %s %s%n",
                    file.getFileName(), comparison.what(), comparison.errors(), comparison.ok() ? "ok" : "FAIL");
        } catch (NoSuchFileException absent) {
            out.printf("%s: FAIL: there is no such file%n", file.getFileName());
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException refused) {
            out.printf("%s: FAIL: %s%n", file.getFileName(), refused.getMessage());
        }
    }
}
