package org.lesionstream.trainer.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Reference data that lies beside the repository or where LESIONSTREAM_SHARED says; tests that need it are skipped where it is absent. */
public final class SharedFolder {

    private static final String SETTING = "LESIONSTREAM_SHARED";

    private SharedFolder() {}

    /** The path inside the folder; skips the calling test when it does not exist. */
    public static Path require(String path) {
        Optional<Path> found = Stream.of(
                        Optional.ofNullable(System.getProperty(SETTING)),
                        Optional.ofNullable(System.getenv(SETTING)),
                        Optional.of("../../shared"),
                        Optional.of("../shared"))
                .flatMap(Optional::stream)
                .map(folder -> Path.of(folder).resolve(path))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), () -> "reference data " + path + " is absent; set " + SETTING);
        return found.orElseThrow();
    }
}
