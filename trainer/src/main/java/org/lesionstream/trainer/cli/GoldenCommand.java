package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.export.GoldenFile;
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
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean allOk = true;
        for (Path file : files) {
            boolean ok = compare(file, out);
            allOk &= ok;
            out.flush();
        }
        return allOk ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean compare(Path file, PrintWriter out) throws IOException {
        GoldenFile golden;
        try {
            golden = GoldenFile.read(file);
        } catch (IllegalArgumentException refused) {
            out.printf("%s: FAIL: %s%n", file.getFileName(), refused.getMessage());
            return false;
        }
        GoldenFile.Comparison comparison = golden.compare();
        out.printf(
                Locale.ROOT,
                "%s: %s block=%.1e export=%.1e %s%n",
                file.getFileName(),
                comparison.network(),
                comparison.block(),
                comparison.export(),
                comparison.ok() ? "ok" : "FAIL");
        return comparison.ok();
    }
}
