package org.lesionstream.worker.backfill;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A manifest: a CSV table with a header, or one JSON object per line. Read line by line; a bad line costs only itself. */
public final class ManifestSource implements EntrySource {
    private static final String CSV = ".csv";
    private static final String JSON_LINES = ".jsonl";

    private final Path folder;
    private final JobMaker jobs;
    private final TextLines lines;
    private final LineFormat format;

    private ManifestSource(Path folder, JobMaker jobs, TextLines lines, LineFormat format) {
        this.folder = folder;
        this.jobs = jobs;
        this.lines = lines;
        this.format = format;
    }

    /**
     * Opens a manifest.
     *
     * @param file ends in {@code .csv} or {@code .jsonl}; relative paths in it are relative to its folder
     * @throws IllegalArgumentException if it is neither, or its header is wrong
     * @throws IOException if it cannot be read
     */
    public static ManifestSource open(Path file, JobMaker jobs) throws IOException {
        boolean csv = isCsv(file);
        Path folder = file.toAbsolutePath().getParent().toRealPath();
        return read(new BufferedInputStream(Files.newInputStream(file)), csv, folder, jobs);
    }

    /** Reads a manifest from a stream, which is closed with the source, or at once if its header is wrong. */
    static ManifestSource read(InputStream in, boolean csv, Path folder, JobMaker jobs) throws IOException {
        TextLines lines = new TextLines(in);
        try {
            return new ManifestSource(folder, jobs, lines, csv ? new CsvTable(header(lines)) : new JsonLines());
        } catch (IOException | IllegalArgumentException e) {
            lines.close();
            throw e;
        }
    }

    /** What kind of source it is, without its place. */
    public static String kind(Path file) {
        return isCsv(file) ? "manifest-csv" : "manifest-jsonl";
    }

    /**
     * Counts the entries, whether they are good or not.
     *
     * @throws IOException if the file cannot be read
     */
    public static long count(Path file) throws IOException {
        long entries = isCsv(file) ? -1 : 0;
        try (TextLines lines = new TextLines(new BufferedInputStream(Files.newInputStream(file)))) {
            while (lines.next().isPresent()) {
                entries++;
            }
        }
        return Math.max(0, entries);
    }

    @Override
    public Optional<SourceLine> next() {
        try {
            return lines.next().map(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest cannot be read any further", e);
        }
    }

    private SourceLine read(TextLines.Line line) {
        if (line.fault().isPresent()) {
            return new SourceLine.Refused(line.number(), line.fault().get());
        }
        try {
            return jobs.job(line.number(), EntryFields.entry(format.fields(line.text()), folder));
        } catch (IllegalArgumentException e) { // names the field and never what stands in it
            return new SourceLine.Refused(line.number(), e.getMessage());
        }
    }

    private static String header(TextLines lines) throws IOException {
        TextLines.Line header =
                lines.next().orElseThrow(() -> new IllegalArgumentException("the manifest is empty, it has no header"));
        header.fault().ifPresent(fault -> {
            throw new IllegalArgumentException("the header is " + fault);
        });
        return header.text();
    }

    private static boolean isCsv(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(CSV) && !name.endsWith(JSON_LINES)) {
            throw new IllegalArgumentException("a manifest must end in " + CSV + " or " + JSON_LINES);
        }
        return name.endsWith(CSV);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest cannot be closed", e);
        }
    }
}
