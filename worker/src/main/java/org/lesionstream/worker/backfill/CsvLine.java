package org.lesionstream.worker.backfill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one line of comma-separated values, as in RFC 4180: a field that begins with a quote ends at the next single quote,
 * and a doubled quote within stands for one.
 *
 * <p>Unlike there a field ends with its line at the latest. No location and no id has a line break in it, and a quote that
 * somebody forgot costs its own line and not the rest of the manifest.
 */
public final class CsvLine {
    private final String line;
    private int at;

    private CsvLine(String line) {
        this.line = line;
    }

    /**
     * The fields of a line.
     *
     * @throws IllegalArgumentException if quotes are misplaced; the message does not repeat the line
     */
    public static List<String> fields(String line) {
        return new CsvLine(line).fields();
    }

    /**
     * The fields of a line under their columns.
     *
     * @param columns as the header names them
     * @return fresh, may be changed
     * @throws IllegalArgumentException if quotes are misplaced or there are more or fewer fields than columns
     */
    public static Map<String, String> fields(List<String> columns, String line) {
        List<String> values = fields(line);
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException(
                    values.size() + " fields where the header has " + columns.size() + " columns");
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), values.get(i));
        }
        return fields;
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < line.length()) {
            at++; // the comma
            fields.add(field());
        }
        return fields;
    }

    private String field() {
        return at < line.length() && line.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        int comma = line.indexOf(',', at);
        String field = line.substring(at, comma < 0 ? line.length() : comma);
        if (field.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a quote stands within a field that does not begin with one");
        }
        at += field.length();
        return field;
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        while (true) {
            int quote = line.indexOf('"', at + 1);
            if (quote < 0) {
                throw new IllegalArgumentException("a quoted field does not end on its line");
            }
            field.append(line, at + 1, quote);
            at = quote + 1;
            if (at == line.length() || line.charAt(at) == ',') {
                return field.toString();
            }
            if (line.charAt(at) != '"') {
                throw new IllegalArgumentException("text follows the quote that ends a field");
            }
            field.append('"');
        }
    }
}
