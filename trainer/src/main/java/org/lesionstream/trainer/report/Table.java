package org.lesionstream.trainer.report;

import java.util.List;

/** A table of a page, put together row by row; every cell is plain text. */
final class Table {
    private final int textColumns;
    private final int columns;
    private final StringBuilder rows = new StringBuilder();

    /**
     * @param textColumns how many of the first columns hold words, the others hold numbers
     * @param head titles of the columns
     */
    Table(int textColumns, String... head) {
        this.textColumns = textColumns;
        this.columns = head.length;
        rows.append("<thead>");
        cells("th", List.of(head));
        rows.append("</thead>\n<tbody>\n");
    }

    Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("a row must have " + columns + " cells, had " + cells.length);
        }
        cells("td", List.of(cells));
        return this;
    }

    private void cells(String tag, List<?> cells) {
        rows.append("<tr>");
        for (int column = 0; column < cells.size(); column++) {
            rows.append('<').append(tag);
            rows.append(column < textColumns ? " class=\"text\">" : ">");
            rows.append(Html.escaped(cells.get(column).toString()));
            rows.append("</").append(tag).append('>');
        }
        rows.append("</tr>\n");
    }

    String html() {
        return "<div class=\"wide\"><table>" + rows + "</tbody></table></div>\n";
    }
}
