package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.failure.SegmentationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decodes files as the worker does and says what is in them, or why they are refused. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        description = {
            "Decodes picture files as the worker does: DICOM, NIfTI, PNG, JPEG, TIFF and BMP, within its default limits.",
            "Prints per file the code of its refusal, or size, samples, frames, spacing, smallest, largest and mean stored value,",
            "and the SHA-256 of the stored values: little endian, frame by frame, row by row, samples interleaved; before rescale,",
            "palette and window. Smallest, largest and mean of NIfTI are of its scaled values. Nothing of a patient is read.",
            "Exit status 0 only if every file was decoded or, with --manifest, none differs from what the manifest says."
        })
public final class DecodeCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Picture files. None: all of the manifest.")
    private List<Path> files = List.of();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Compare with this table: columns file, pixel_min, pixel_max, pixel_mean and pixel_sha256.")
    private Path manifest;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Decode the first picture of each file N times more, and print the least and the median time from its bytes",
                "to the picture that a network is given. The first hundred times are slower, while Java compiles."
            })
    private int repeat;

    @Option(names = "--json", description = "Print one JSON document instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Map<DecodeVerdict, Integer> verdicts = new EnumMap<>(DecodeVerdict.class);
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private int refused;

    @Override
    public Integer call() throws JsonProcessingException {
        if (files.isEmpty() && manifest == null) {
            throw new ParameterException(spec.commandLine(), "Name files, or a manifest of files.");
        }
        Optional<DecodeManifest> reference;
        try {
            reference = manifest == null ? Optional.empty() : Optional.of(DecodeManifest.read(manifest));
        } catch (IOException unreadable) {
            spec.commandLine().getErr().println("decode: " + manifest + ": " + unreadable.getMessage());
            return ExitCode.SOFTWARE;
        }
        List<Path> wanted = files.isEmpty() ? reference.orElseThrow().files() : files;
        for (Path file : wanted) {
            decode(file, reference);
        }
        finish(wanted.size(), reference.isPresent());
        int faults = reference.isPresent() ? verdicts.getOrDefault(DecodeVerdict.DIFFERENT, 0) : refused;
        return faults == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void decode(Path file, Optional<DecodeManifest> reference) {
        DecodeOutcome outcome = DecodeOutcome.of(file, DecodeLimits.DEFAULT);
        refused += outcome.code().isPresent() ? 1 : 0;
        Optional<DecodeTiming> timing = repeat > 0 && outcome.facts().isPresent() ? time(file) : Optional.empty();
        Optional<DecodeVerdict> verdict =
                reference.map(table -> table.verdict(file, outcome).orElse(DecodeVerdict.DIFFERENT)); // not named there
        verdict.ifPresent(known -> verdicts.merge(known, 1, Integer::sum));
        String name = reference.map(table -> table.name(file)).orElse(file.toString());
        if (json) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", name);
            verdict.ifPresent(known -> row.put("verdict", known.name()));
            row.putAll(outcome.fields());
            timing.ifPresent(known -> row.putAll(known.fields()));
            rows.add(row);
        } else {
            String column = verdict.map(known -> String.format(Locale.ROOT, "%-11s ", lower(known)))
                    .orElse("");
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%-55s %s%s%s%n",
                            name,
                            column,
                            outcome.text(),
                            timing.map(DecodeTiming::text).orElse(""));
        }
    }

    private Optional<DecodeTiming> time(Path file) {
        try {
            return Optional.of(
                    DecodeTiming.of(Files.readAllBytes(file), DecodeLimits.DEFAULT, repeat, System::nanoTime));
        } catch (SegmentationException noPicture) { // such as values of 32 bits
            return Optional.empty();
        } catch (IOException gone) { // it was read a moment ago
            throw new UncheckedIOException(gone);
        }
    }

    private void finish(int count, boolean compared) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(Map.of("files", rows)));
            return;
        }
        StringBuilder line = new StringBuilder("decode: files=" + count);
        if (compared) {
            for (DecodeVerdict verdict : DecodeVerdict.values()) {
                line.append(' ').append(lower(verdict)).append('=').append(verdicts.getOrDefault(verdict, 0));
            }
        } else {
            line.append(" decoded=").append(count - refused).append(" refused=").append(refused);
        }
        out.println(line);
    }

    private static String lower(DecodeVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
