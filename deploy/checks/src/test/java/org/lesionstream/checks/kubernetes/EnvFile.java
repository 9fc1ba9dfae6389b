package org.lesionstream.checks.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of lines {@code NAME=VALUE}, with comments, as Kustomize reads it for a ConfigMap. */
final class EnvFile {
    private EnvFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int equals = line.indexOf('=');
                if (equals < 1) {
                    throw new AssertionError(file + ": no NAME=VALUE: " + line);
                }
                if (values.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
                    throw new AssertionError(file + ": twice: " + line);
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
