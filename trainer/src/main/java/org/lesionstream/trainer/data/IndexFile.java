package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads a CSV file that lists cases, one a row, under a header; a refusal names the file, the line and the column.
 *
 * <p>Paths start at the folder of the file and must not leave it, so that an index that is handed on with its pictures means the same everywhere, and cannot
 * name other files of its reader.
 */
final class IndexFile {

    private record Entry(String split, Path image, Path mask, Optional<String> group) {}

    private final Path file;
    private final Path folder;
    private final List<String> header;
    private final List<CsvRow> rows;

    /**
     * @throws IllegalArgumentException when the file is no table
     */
    IndexFile(Path file) {
        this.file = file;
        this.folder = file.toAbsolutePath().normalize().getParent();
        List<CsvRow> all = read(file);
        if (all.size() < 2) {
            throw new IllegalArgumentException(file + " must hold a header and at least one case");
        }
        this.header = all.get(0).fields();
        this.rows = all.subList(1, all.size());
        for (CsvRow row : rows) {
            if (row.fields().size() != header.size()) {
                throw new IllegalArgumentException("%s, line %d: has %d fields, the header has %d"
                        .formatted(file, row.line(), row.fields().size(), header.size()));
            }
        }
    }

    /** The cases by split, ordered by name; {@link CaseIndex#ALL} holds them where there is no column of splits. */
    Map<String, List<CaseFiles>> cases(IndexColumns columns) {
        List<Entry> entries = entries(columns);
        boolean stemsDiffer = stemsDiffer(entries);
        Map<String, List<CaseFiles>> bySplit = new LinkedHashMap<>();
        for (String split : CaseIndex.SPLITS_AND_ALL) {
            List<CaseFiles> cases = entries.stream()
                    .filter(entry -> entry.split().equals(split))
                    .map(entry -> new CaseFiles(
                            stemsDiffer ? CaseFiles.stem(entry.image()) : pathWithoutEnding(entry.image()),
                            entry.image(),
                            entry.mask(),
                            entry.group()))
                    .flatMap(CaseFiles::pictures)
                    .sorted(Comparator.comparing(CaseFiles::name))
                    .toList();
            if (!cases.isEmpty()) {
                bySplit.put(split, cases);
            }
        }
        return bySplit;
    }

    private List<Entry> entries(IndexColumns columns) {
        int image = column(columns.image());
        int mask = column(columns.mask());
        OptionalInt split = columns.split().isEmpty() && !header.contains("split")
                ? OptionalInt.empty()
                : OptionalInt.of(column(columns.split().orElse("split")));
        OptionalInt group =
                columns.group().map(this::column).map(OptionalInt::of).orElse(OptionalInt.empty());
        List<Entry> entries = new ArrayList<>();
        Map<Path, Integer> lines = new HashMap<>();
        for (CsvRow row : rows) {
            Path picture = path(row, image);
            Integer twin = lines.put(picture, row.line());
            if (twin != null) {
                throw refusal(row, image, picture + " is in line " + twin + " as well");
            }
            entries.add(new Entry(
                    split.isPresent() ? split(row, split.getAsInt()) : CaseIndex.ALL,
                    picture,
                    path(row, mask),
                    group.isPresent()
                            ? Optional.of(row.fields().get(group.getAsInt())).filter(text -> !text.isBlank())
                            : Optional.empty()));
        }
        return entries;
    }

    private int column(String name) {
        int place = header.indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("%s has no column %s, only %s".formatted(file, name, header));
        }
        if (place != header.lastIndexOf(name)) {
            throw new IllegalArgumentException("%s has two columns %s".formatted(file, name));
        }
        return place;
    }

    private String split(CsvRow row, int column) {
        String split = row.fields().get(column);
        if (!CaseIndex.SPLITS.contains(split)) {
            throw refusal(row, column, "must be one of %s, was '%s'".formatted(CaseIndex.SPLITS, split));
        }
        return split;
    }

    private Path path(CsvRow row, int column) {
        String text = row.fields().get(column);
        if (text.isBlank()) {
            throw refusal(row, column, "must name a file, was blank");
        }
        Path path = resolved(row, column, text).normalize();
        if (!path.startsWith(folder)) {
            throw refusal(row, column, text + " lies outside of " + folder);
        }
        if (!Files.isRegularFile(path)) {
            throw refusal(row, column, "no such file: " + path);
        }
        return path;
    }

    private Path resolved(CsvRow row, int column, String text) {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            throw refusal(row, column, "must name a file: " + e.getMessage());
        }
    }

    private IllegalArgumentException refusal(CsvRow row, int column, String what) {
        return new IllegalArgumentException(
                "%s, line %d, column %s: %s".formatted(file, row.line(), header.get(column), what));
    }

    private static boolean stemsDiffer(List<Entry> entries) {
        Set<List<String>> seen = new HashSet<>();
        return entries.stream().allMatch(entry -> seen.add(List.of(entry.split(), CaseFiles.stem(entry.image()))));
    }

    /** The path in the index, with slashes on every system. */
    private String pathWithoutEnding(Path image) {
        List<String> names = new ArrayList<>();
        folder.relativize(image.resolveSibling(CaseFiles.stem(image))).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    private static List<CsvRow> read(Path file) {
        try {
            return CsvText.rows(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " must be UTF-8 text", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
        }
    }
}
