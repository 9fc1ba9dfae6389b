package org.lesionstream.worker.api;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values as in RFC 4180: quoted only where needed, a quote doubled, ended by CR LF. */
final class Csv {
    private Csv() {}

    static String line(List<String> values) {
        return values.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(String value) {
        boolean plain =
                value.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\r' || letter == '\n');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
