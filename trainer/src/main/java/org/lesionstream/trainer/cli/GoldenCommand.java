package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.golden.GoldenFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares networks and their exports with reference data; fails unless every file is within the limit. */
@Command(
        name = "golden",
        mixinStandardHelpOptions = true,
        description = "Compares networks, as blocks and as exported files, with reference data.")
final class GoldenCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "safetensors file with weights, input and output")
    private List<Path> files = List.of();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean allOk = true;
        for (Path file : files) {
            boolean ok = compare(file, out);
            allOk &= ok;
            out.flush();
        }
        return allOk ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** One line about one file; a file that cannot be compared fails alone, so that the others still get their lines. */
    private static boolean compare(Path file, PrintWriter out) {
        try {
            GoldenFile.Comparison comparison = GoldenFile.read(file).compare();
            out.printf(
                    Locale.ROOT,
                    "%s: %s block=%.1e export=%.1e %s%n",
                    file.getFileName(),
                    comparison.network(),
                    comparison.block(),
                    comparison.export(),
                    comparison.ok() ? "ok" : "FAIL");
            return comparison.ok();
        } catch (NoSuchFileException absent) {
            out.printf("%s: FAIL: there is no such file%n", file.getFileName());
        } catch (IOException | IllegalArgumentException | IllegalStateException refused) {
            out.printf("%s: FAIL: %s%n", file.getFileName(), refused.getMessage());
        }
        return false;
    }
}
