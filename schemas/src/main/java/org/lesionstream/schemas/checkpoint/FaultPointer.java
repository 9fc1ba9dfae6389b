package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.networknt.schema.ValidationMessage;
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
