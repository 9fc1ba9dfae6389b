package org.lesionstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pictures are slices of one volume: the columns {@code image}, {@code group}, {@code slice} and {@code slices} of the
 * {@code index.csv} that {@code trainer phantoms} writes beside its pictures.
 *
 * <p>A file without these columns is somebody else's and says nothing; a line that does not fit its header is refused.
 */
final class SliceIndex {

    private final Map<Path, Picture.Slice> slices;

    private SliceIndex(Map<Path, Picture.Slice> slices) {
        this.slices = slices;
    }

    /** Reads the file; an absent one is an empty index. */
    static SliceIndex read(Path file) throws IOException {
        Map<Path, Picture.Slice> slices = new HashMap<>();
        if (Files.isRegularFile(file)) {
            List<String> lines = Files.readAllLines(file);
            List<String> header = lines.isEmpty() ? List.of() : fields(lines.get(0));
            if (header.containsAll(List.of("image", "group", "slice", "slices"))) {
                for (int line = 1; line < lines.size(); line++) {
                    take(slices, file, header, line + 1, fields(lines.get(line)));
                }
            }
        }
        return new SliceIndex(slices);
    }

    /** Where the picture lies in its volume; absent for a picture that stands alone. */
    Optional<Picture.Slice> slice(Path image) {
        return Optional.ofNullable(slices.get(normal(image)));
    }

    private static void take(
            Map<Path, Picture.Slice> slices, Path file, List<String> header, int line, List<String> fields) {
        if (fields.size() != header.size()) {
            throw new IllegalArgumentException(
                    "%s: line %d must have %d fields, has %d".formatted(file, line, header.size(), fields.size()));
        }
        try {
            if (Integer.parseInt(fields.get(header.indexOf("slices"))) > 1) {
                Path image = normal(file.resolveSibling(fields.get(header.indexOf("image"))));
                int number = Integer.parseInt(fields.get(header.indexOf("slice")));
                slices.put(image, new Picture.Slice(fields.get(header.indexOf("group")), number));
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "%s: line %d must have whole numbers as slice and slices".formatted(file, line), noNumber);
        }
    }

    private static List<String> fields(String line) {
        return List.of(line.split(",", -1));
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
