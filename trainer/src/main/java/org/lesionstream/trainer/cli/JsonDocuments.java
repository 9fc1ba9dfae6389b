package org.lesionstream.trainer.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records to JSON files for people and programs, indented, in the order of the record; and back. */
final class JsonDocuments {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

    private JsonDocuments() {}

    static String text(Object document) throws IOException {
        return WRITER.writeValueAsString(document);
    }

    static void write(Path file, Object document) throws IOException {
        Files.write(file, WRITER.writeValueAsBytes(document));
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(Files.readAllBytes(file), type);
    }
}
