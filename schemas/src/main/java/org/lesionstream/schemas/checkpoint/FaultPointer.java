package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * JSON pointers (RFC 6901) that are safe to publish.
 *
 * <p>A pointer ends before the first key that does not look like the name of a field: keys come from outside too, and a map keyed
 * by persons must not get into a log.
 */
final class FaultPointer {

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Set<String> ABOUT_A_PROPERTY =
            Set.of("additionalProperties", "unevaluatedProperties", "required", "dependentRequired");

    private FaultPointer() {}

    /** Where the schema was violated; for a missing or refused field, the field itself. */
    static String of(ValidationMessage fault) {
        String place = fault.getInstanceLocation().toString();
        boolean property = ABOUT_A_PROPERTY.contains(fault.getType()) && fault.getProperty() != null;
        return safe(
                property ? place + "/" + fault.getProperty().replace("~", "~0").replace("/", "~1") : place);
    }

    /** Where a constructor refused a value. */
    static String of(JsonMappingException fault) {
        StringJoiner pointer = new StringJoiner("/", "/", "").setEmptyValue("");
        for (JsonMappingException.Reference reference : fault.getPath()) {
            pointer.add(reference.getFieldName() == null ? "" + reference.getIndex() : reference.getFieldName());
        }
        return safe(pointer.toString());
    }

    /** Where a number is that no double holds, such as {@code 1e400}: JSON, but neither the validator nor a record can count with it. */
    static Optional<String> ofEndlessNumber(JsonNode tree) {
        return endless(tree).map(FaultPointer::safe);
    }

    private static Optional<String> endless(JsonNode node) {
        if (node.isNumber() && Double.isInfinite(node.doubleValue())) {
            return Optional.of("");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<String> inside = endless(field.getValue());
            if (inside.isPresent()) {
                return inside.map(pointer -> "/" + field.getKey() + pointer);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<String> inside = endless(node.get(i));
            if (inside.isPresent()) {
                return Optional.of("/" + i + inside.get());
            }
        }
        return Optional.empty();
    }

    private static String safe(String pointer) {
        StringBuilder safe = new StringBuilder();
        int start = 1;
        while (start <= pointer.length() && !pointer.isEmpty()) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            String key = pointer.substring(start, end);
            if (!FIELD_NAME.matcher(key).matches()) {
                break;
            }
            safe.append('/').append(key);
            start = end + 1;
        }
        return safe.toString();
    }
}
