package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        JsonPointer place = JsonPointer.compile(fault.getInstanceLocation().toString());
        boolean field = ABOUT_A_FIELD.contains(fault.getType()) && fault.getProperty() != null;
        return safe(field ? place.appendProperty(fault.getProperty()) : place);
    }

    /** Where a constructor refused a value. */
    String of(JsonMappingException fault) {
        JsonPointer place = JsonPointer.empty();
        for (JsonMappingException.Reference reference : fault.getPath()) {
            place = reference.getFieldName() == null
                    ? place.appendIndex(reference.getIndex())
                    : place.appendProperty(reference.getFieldName());
        }
        return safe(place);
    }

    /** Where a number is that no double holds, such as {@code 1e400}: JSON, but neither the validator nor a record can count with it. */
    Optional<String> ofEndlessNumber() {
        return endless(document).map(this::safe);
    }

    private static Optional<JsonPointer> endless(JsonNode node) {
        if (node.isNumber() && Double.isInfinite(node.doubleValue())) {
            return Optional.of(JsonPointer.empty());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<JsonPointer> inside = endless(field.getValue());
            if (inside.isPresent()) {
                return inside.map(JsonPointer.empty().appendProperty(field.getKey())::append);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<JsonPointer> inside = endless(node.get(i));
            if (inside.isPresent()) {
                return inside.map(JsonPointer.empty().appendIndex(i)::append);
            }
        }
        return Optional.empty();
    }

    private String safe(JsonPointer pointer) {
        StringBuilder safe = new StringBuilder();
        JsonNode place = document;
        for (JsonPointer rest = pointer; isKnown(place, rest); rest = rest.tail()) {
            safe.append('/').append(rest.getMatchingProperty());
            place = place.isArray() ? place.path(rest.getMatchingIndex()) : place.path(rest.getMatchingProperty());
        }
        return safe.toString();
    }

    /** Whether the first step of a pointer is an element of the array, or a field of the contract. */
    private boolean isKnown(JsonNode place, JsonPointer pointer) {
        return place.isArray()
                ? place.has(pointer.getMatchingIndex())
                : !pointer.matches() && fields.contains(pointer.getMatchingProperty());
    }
}
