package org.lesionstream.worker.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;

/** One flat JSON object per line; values are text or numbers, null is absent. */
final class JsonLines implements LineFormat {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public Map<String, String> fields(String line) {
        JsonNode object = object(line);
        Map<String, String> fields = new HashMap<>();
        int position = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            position++;
            JsonNode value = field.getValue();
            if (!EntryFields.known(field.getKey())) {
                throw new IllegalArgumentException("field " + position + " is none of " + EntryFields.KNOWN);
            }
            if (!value.isTextual() && !value.isNumber() && !value.isNull()) {
                throw new IllegalArgumentException("field " + position + " must be a text or a number");
            }
            if (!value.isNull()) {
                fields.put(field.getKey(), value.asText());
            }
        }
        return fields;
    }

    @SuppressWarnings("UnusedException") // a parser's exception quotes the line, which may hold a name
    private static JsonNode object(String line) {
        JsonNode read;
        try {
            read = JSON.readTree(line);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not one JSON document, or one with a field twice");
        }
        if (!read.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return read;
    }
}
