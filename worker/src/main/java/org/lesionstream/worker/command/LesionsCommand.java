package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.image.ImageRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures reference masks, and says how far every value is from what is expected of it. */
@Command(
        name = "lesions",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the masks of reference files and compares every value with what the file expects.",
            "Beside each file lie the mask, the grey picture or the slices that it names. Prints one line per file with the",
            "largest deviation; exit status 0 only if every value of every file is within 1e-9 of its expectation."
        })
public final class LesionsCommand implements Callable<Integer> {
    private static final int FAULTS_SHOWN = 5;

    @Parameters(arity = "1..*", paramLabel = "FILE.json", description = "Reference files, of images or volumes.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print one JSON document instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Map<Path, ReferenceTally> tallies = new LinkedHashMap<>();
        for (Path file : files) {
            ReferenceTally tally = new ReferenceTally();
            try {
                check(file, tally);
            } catch (IOException | ImageRefusedException unreadable) {
                spec.commandLine().getErr().println("lesions: " + reason(file, unreadable));
                return ExitCode.SOFTWARE;
            }
            tallies.put(file, tally);
        }
        if (json) {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(document(tallies)));
        } else {
            print(tallies);
        }
        return tallies.values().stream().allMatch(ReferenceTally::ok) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void check(Path file, ReferenceTally tally) throws IOException {
        JsonNode reference = new ObjectMapper().readTree(file.toFile());
        Path folder = file.toAbsolutePath().getParent();
        switch (reference.path("kind").asText()) {
            case "2d" -> ReferenceImage.check(folder, reference, tally);
            case "3d" -> ReferenceVolume.check(folder, reference, tally);
            default -> throw new IOException("is no reference file: its field kind is neither 2d nor 3d");
        }
    }

    private static String reason(Path file, Exception unreadable) {
        if (unreadable instanceof NoSuchFileException missing) {
            return file + " needs " + missing.getFile() + ", which is not there";
        }
        return unreadable instanceof JsonProcessingException
                ? file + " is not JSON"
                : file + ": " + unreadable.getMessage();
    }

    private void print(Map<Path, ReferenceTally> tallies) {
        PrintWriter out = spec.commandLine().getOut();
        tallies.forEach((file, tally) -> {
            out.printf(
                    Locale.ROOT,
                    "%-40s regions=%-5d comparisons=%-6d largest-deviation=%.1e %s%n",
                    file.getFileName(),
                    tally.regions(),
                    tally.comparisons(),
                    tally.largest(),
                    tally.ok() ? "ok" : "FAIL");
            tally.faults().stream().limit(FAULTS_SHOWN).forEach(fault -> out.println("    " + fault));
            if (tally.faults().size() > FAULTS_SHOWN) {
                out.println("    and " + (tally.faults().size() - FAULTS_SHOWN) + " more");
            }
        });
        out.printf(
                Locale.ROOT,
                "lesions: files=%d regions=%d comparisons=%d largest-deviation=%.1e failed=%d%n",
                tallies.size(),
                tallies.values().stream().mapToInt(ReferenceTally::regions).sum(),
                tallies.values().stream().mapToInt(ReferenceTally::comparisons).sum(),
                tallies.values().stream()
                        .mapToDouble(ReferenceTally::largest)
                        .max()
                        .orElse(0),
                tallies.values().stream().filter(tally -> !tally.ok()).count());
    }

    private static Map<String, Object> document(Map<Path, ReferenceTally> tallies) {
        List<Map<String, Object>> rows = new ArrayList<>();
        tallies.forEach((file, tally) -> rows.add(Map.of(
                "file", file.toString(),
                "regions", tally.regions(),
                "comparisons", tally.comparisons(),
                "largestDeviation", tally.largest(),
                "ok", tally.ok(),
                "faults", tally.faults())));
        return Map.of("files", rows);
    }
}
