package org.lesionstream.schemas.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of reference data beside the repository, which most machines do not have: tests that need it are skipped there.
 *
 * <p>Named by the system property or environment variable {@code LESIONSTREAM_SHARED}, else looked for as {@code shared} beside the repository.
 */
public final class SharedFolder {

    private SharedFolder() {}

    /** A file or folder in it; skips the calling test where it is absent. */
    public static Path path(String relative) {
        Optional<Path> found = candidates()
                .map(folder -> folder.resolve(relative))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(), () -> "no reference data at " + relative + ": set LESIONSTREAM_SHARED");
        return found.orElseThrow();
    }

    private static Stream<Path> candidates() {
        Stream<Path> named = Stream.of(System.getProperty("LESIONSTREAM_SHARED"), System.getenv("LESIONSTREAM_SHARED"))
                .flatMap(Stream::ofNullable)
                .map(Path::of);
        Path here = Path.of("").toAbsolutePath();
        Stream<Path> beside = Stream.iterate(here, parent -> parent != null, Path::getParent)
                .limit(4)
                .map(folder -> folder.resolveSibling("shared"));
        return Stream.concat(named, beside);
    }
}
