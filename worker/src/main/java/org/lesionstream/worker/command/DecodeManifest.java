package org.lesionstream.worker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.backfill.CsvLine;
import org.lesionstream.worker.decode.PictureFacts;

/**
 * What a reference decoder got from files: comma-separated values below a header, with the columns {@code file} (relative to the manifest),
 * {@code pixel_min}, {@code pixel_max}, {@code pixel_mean} and {@code pixel_sha256}; empty where it got nothing. Other columns are ignored.
 */
final class DecodeManifest {

    /** What a lossy decoder may be off: rounding in the transform, and another way to enlarge colour differences. */
    private static final double VALUE_TOLERANCE = 3;

    private static final double MEAN_TOLERANCE = 0.5;
    private static final List<String> COLUMNS = List.of("file", "pixel_min", "pixel_max", "pixel_mean", "pixel_sha256");

    private final Path folder;
    private final Map<Path, Map<String, String>> rows;

    private DecodeManifest(Path folder, Map<Path, Map<String, String>> rows) {
        this.folder = folder;
        this.rows = rows;
    }

    /** @throws IOException if it cannot be read or is no such manifest; the message says what is wrong */
    static DecodeManifest read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            throw new IOException("is empty");
        }
        try {
            List<String> columns = CsvLine.fields(lines.get(0));
            if (!columns.containsAll(COLUMNS)) {
                throw new IOException("lacks one of the columns " + COLUMNS);
            }
            Path folder = file.toAbsolutePath().normalize().getParent();
            Map<Path, Map<String, String>> rows = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                Map<String, String> row = CsvLine.fields(columns, line);
                rows.put(folder.resolve(row.get("file")).normalize(), row);
            }
            return new DecodeManifest(folder, rows);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("is no comma-separated table: " + malformed.getMessage(), malformed);
        }
    }

    /** Every file that it names. */
    List<Path> files() {
        return List.copyOf(rows.keySet());
    }

    /** A short name for a file of the manifest. */
    String name(Path file) {
        Path full = file.toAbsolutePath().normalize();
        return full.startsWith(folder) ? folder.relativize(full).toString() : file.toString();
    }

    /** The verdict on a file; empty where the manifest does not name it. */
    Optional<DecodeVerdict> verdict(Path file, DecodeOutcome outcome) {
        return Optional.ofNullable(rows.get(file.toAbsolutePath().normalize())).map(row -> verdict(row, outcome));
    }

    private static DecodeVerdict verdict(Map<String, String> row, DecodeOutcome outcome) {
        boolean reference = !row.get("pixel_min").isEmpty();
        if (outcome.facts().isEmpty()) {
            if (!reference) {
                return DecodeVerdict.REFUSED;
            }
            return outcome.code().equals(Optional.of(FailureCode.UNSUPPORTED_TRANSFER_SYNTAX))
                    ? DecodeVerdict.UNSUPPORTED
                    : DecodeVerdict.DIFFERENT;
        }
        PictureFacts facts = outcome.facts().get();
        String digest = row.get("pixel_sha256");
        if (!digest.isEmpty()) {
            return facts.sha256().hex().equals(digest) ? DecodeVerdict.MATCH : DecodeVerdict.DIFFERENT;
        }
        if (!reference) {
            return DecodeVerdict.LENIENT;
        }
        boolean close = near(facts.minimum(), row.get("pixel_min"), VALUE_TOLERANCE)
                && near(facts.maximum(), row.get("pixel_max"), VALUE_TOLERANCE)
                && near(facts.mean(), row.get("pixel_mean"), MEAN_TOLERANCE);
        return close ? DecodeVerdict.CLOSE : DecodeVerdict.DIFFERENT;
    }

    private static boolean near(double value, String expected, double tolerance) {
        return Math.abs(value - Double.parseDouble(expected)) <= tolerance;
    }
}
