package org.lesionstream.schemas.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The contract files as they lie in the source tree, read with nothing but a plain JSON parser. */
public final class Contracts {

    /** The folder that becomes {@code contract/} on the class path. */
    public static final Path FOLDER = Path.of("src", "main", "resources", "contract");

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private Contracts() {}

    /** All samples of a contract such as {@code image-job.v1}. */
    public static List<Path> samples(String document) {
        try (Stream<Path> files = Files.list(FOLDER.resolve("samples").resolve(document))) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One sample, by contract and name. */
    public static byte[] sample(String document, String name) {
        return bytes(FOLDER.resolve("samples").resolve(document).resolve(name + ".json"));
    }

    /** One sample as it lies on the class path, where tests of other modules find it too. */
    public static byte[] published(String document, String name) {
        String resource = "/contract/samples/" + document + "/" + name + ".json";
        try (InputStream in = Contracts.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One sample after a change by hand. */
    public static byte[] sample(String document, String name, Consumer<JsonNode> change) {
        JsonNode tree = tree(sample(document, name));
        change.accept(tree);
        try {
            return PLAIN.writeValueAsBytes(tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The document as a tree, to compare without regard to blanks. */
    public static JsonNode tree(byte[] json) {
        try {
            return PLAIN.readTree(json);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** The content of a file. */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
