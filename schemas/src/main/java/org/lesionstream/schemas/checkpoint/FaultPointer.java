package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * JSON pointers (RFC 6901) that are safe to publish.
 *
 * <p>A pointer ends before the first key that is no field of the contract: keys come from outside too, and what a sender made up may be a
 * person's name, in a map as well as in place of a field.
 */
final class FaultPointer {

    private static final Set<String> ABOUT_A_FIELD = Set.of("additionalProperties", "required", "dependentRequired");

    private final JsonNode document;
    private final Set<String> fields;

    /** Into a document that may have the fields, wherever they stand. */
    FaultPointer(JsonNode document, Set<String> fields) {
        this.document = document;
        this.fields = fields;
    }

    /** Where the schema was violated: a field that is missing or stands in the wrong place itself, of an unknown one the object. */
    String of(ValidationMessage fault) {
        String place = fault.getInstanceLocation().toString();
        boolean field = ABOUT_A_FIELD.contains(fault.getType()) && fault.getProperty() != null;
        return safe(field ? place + "/" + fault.getProperty().replace("~", "~0").replace("/", "~1") : place);
    }

    /** Where a constructor refused a value. */
    String of(JsonMappingException fault) {
        StringJoiner pointer = new StringJoiner("/", "/", "").setEmptyValue("");
        for (JsonMappingException.Reference reference : fault.getPath()) {
            pointer.add(reference.getFieldName() == null ? "" + reference.getIndex() : reference.getFieldName());
        }
        return safe(pointer.toString());
    }

    /** Where a number is that no double holds, such as {@code 1e400}: JSON, but neither the validator nor a record can count with it. */
    Optional<String> ofEndlessNumber() {
        return endless(document).map(this::safe);
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

    private String safe(String pointer) {
        StringBuilder safe = new StringBuilder();
        JsonNode place = document;
        JsonPointer rest = JsonPointer.compile(pointer);
        while (!rest.matches() && (place.isArray() || fields.contains(rest.getMatchingProperty()))) {
            safe.append('/').append(rest.getMatchingProperty());
            place = place.isArray() ? place.path(rest.getMatchingIndex()) : place.path(rest.getMatchingProperty());
            rest = rest.tail();
        }
        return safe.toString();
    }
}
