package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * JSON in the one form that a digest can be taken of: the JSON Canonicalization Scheme (RFC 8785).
 *
 * <p>Keys sorted, no blanks, only necessary escapes, numbers as the shortest decimals that mean the same double, written as
 * ECMAScript does. Whether the digits come from {@code Double.toString} matters: before JDK 19 it did not always give the shortest
 * ones, and a digest must not depend on the JDK.
 */
final class CanonicalJson {

    private static final int DOUBLE_DIGITS = 17;

    private CanonicalJson() {}

    /** The canonical form in UTF-8. */
    static byte[] print(JsonNode node) {
        StringBuilder out = new StringBuilder();
        append(node, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> appendObject(node, out);
            case ARRAY -> appendArray(node, out);
            case STRING -> appendString(node.textValue(), out);
            case NUMBER -> out.append(number(node.doubleValue()));
            case BOOLEAN, NULL -> out.append(node.asText());
            default -> throw new IllegalArgumentException("JSON has no " + node.getNodeType());
        }
    }

    private static void appendObject(JsonNode object, StringBuilder out) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        Collections.sort(keys); // by UTF-16 code units, as the scheme wants
        String separator = "{";
        for (String key : keys) {
            out.append(separator);
            appendString(key, out);
            out.append(':');
            append(object.get(key), out);
            separator = ",";
        }
        out.append(keys.isEmpty() ? "{}" : "}");
    }

    private static void appendArray(JsonNode array, StringBuilder out) {
        out.append('[');
        for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
            append(items.next(), out);
            out.append(items.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private static void appendString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : Character.toString(c));
            }
        }
        out.append('"');
    }

    /** A double as ECMAScript's {@code Number::toString} writes it. */
    static String number(double value) {
        if (value == 0) {
            return "0"; // also for -0
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale(); // value = 0.digits * 10^exponent
        if (exponent > -6 && exponent <= 21) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent > 0 ? "+" : "") + (exponent - 1);
    }

    /** Shortest decimal that reads back as the same double; of several the nearest. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DOUBLE_DIGITS; digits++) {
            // Beyond a power of two doubles lie twice as far apart, so a number away from zero may do where the nearest
            // does not.
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN)); // 17 digits always suffice
    }
}
