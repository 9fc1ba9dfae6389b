package org.lesionstream.trainer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Files among the test resources. */
public final class TestFiles {
    private TestFiles() {}

    /** The file of weights of that name. */
    public static Path weights(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestFiles.class.getResource("/weights/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Its bytes. */
    public static byte[] bytes(String name) {
        try (InputStream in = TestFiles.class.getResourceAsStream("/weights/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
