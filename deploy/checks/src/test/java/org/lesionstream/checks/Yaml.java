package org.lesionstream.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as strictly as it can be read: a key that comes twice is an error, and so is a document that is no object. */
public final class Yaml {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    /** The documents of a file. */
    public static List<ObjectNode> documents(Path file) {
        try {
            return documents(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The documents of a text.
     *
     * @param source what to call it in a failure
     */
    public static List<ObjectNode> documents(String text, String source) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<ObjectNode> documents = new ArrayList<>();
        try {
            for (Object document : new org.yaml.snakeyaml.Yaml(new SafeConstructor(strict)).loadAll(text)) {
                if (!(JSON.valueToTree(document) instanceof ObjectNode object)) {
                    throw new AssertionError(source + ": a document is no object");
                }
                documents.add(object);
            }
        } catch (RuntimeException unreadable) {
            throw new AssertionError(source + ": " + unreadable.getMessage(), unreadable);
        }
        return documents;
    }

    /** The only document of a file. */
    public static ObjectNode document(Path file) {
        List<ObjectNode> documents = documents(file);
        if (documents.size() != 1) {
            throw new AssertionError(file + ": one document was expected, there are " + documents.size());
        }
        return documents.get(0);
    }

    /** A YAML text that is no object, such as the operations of a patch. */
    public static JsonNode value(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return JSON.valueToTree(new org.yaml.snakeyaml.Yaml(new SafeConstructor(strict)).load(text));
    }
}
