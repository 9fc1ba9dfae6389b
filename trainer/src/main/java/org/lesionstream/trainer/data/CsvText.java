package org.lesionstream.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads text by RFC 4180: fields between commas; quotes around those that hold commas, line ends or, doubled, quotes.
 *
 * <p>Lines end with CR LF, LF or CR. Blank lines are left out, and so is a byte order mark. Blanks belong to their field.
 */
final class CsvText {

    private static final char QUOTE = '"';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private int at;
    private int line = 1;

    private CsvText(String text) {
        this.text = text;
        this.at = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    /**
     * All rows.
     *
     * @throws IllegalArgumentException naming the line when quotes are wrong
     */
    static List<CsvRow> rows(String text) {
        return new CsvText(text).rows();
    }

    private List<CsvRow> rows() {
        List<CsvRow> rows = new ArrayList<>();
        while (at < text.length()) {
            int first = line;
            List<String> fields = new ArrayList<>();
            fields.add(field());
            while (here(',')) {
                at++;
                fields.add(field());
            }
            endLine();
            if (fields.size() > 1 || !fields.get(0).isBlank()) {
                rows.add(new CsvRow(first, fields));
            }
        }
        return rows;
    }

    private String field() {
        return here(QUOTE) ? quoted() : plain();
    }

    private String plain() {
        int start = at;
        while (at < text.length() && !here(',') && !here('\r') && !here('\n')) {
            if (here(QUOTE)) {
                throw new IllegalArgumentException("line " + line + ": a quote inside a field without quotes");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int first = line;
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == QUOTE && !here(QUOTE)) {
                return content.toString();
            }
            if (next == QUOTE) {
                at++;
            }
            if (next == '\n' || (next == '\r' && !here('\n'))) {
                line++;
            }
            content.append(next);
        }
        throw new IllegalArgumentException("line " + first + ": a quote is not closed");
    }

    private void endLine() {
        if (here('\r') || here('\n')) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
            line++;
        } else if (at < text.length()) {
            throw new IllegalArgumentException("line " + line + ": text behind a closing quote");
        }
    }

    private boolean here(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }
}
