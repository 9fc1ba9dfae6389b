package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns, under a headline; as wide as their longest word, with the last column as long as it likes. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headline) {
        rows.add(List.of(headline));
    }

    /** One row more, of as many words as the headline. */
    void add(String... words) {
        if (words.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row must have " + rows.get(0).size() + " words, had " + words.length);
        }
        rows.add(List.of(words));
    }

    /** Prints the table; nothing at all if there is no row. */
    void print(PrintWriter out) {
        if (rows.size() == 1) {
            return;
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String word = inOneLine(row.get(column));
                line.append(word);
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width(column) - word.length())).append(GAP);
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** What people wrote may have lines of its own, which would look like rows. */
    static String inOneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", "; ");
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> inOneLine(row.get(column)).length())
                .max()
                .orElse(0);
    }
}
