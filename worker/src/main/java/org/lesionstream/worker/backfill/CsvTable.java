package org.lesionstream.worker.backfill;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Comma-separated values below a header that names the columns. */
final class CsvTable implements LineFormat {
    private final List<String> columns;

    /** @throws IllegalArgumentException if the header lacks a column, has one twice or one that is not known */
    CsvTable(String header) {
        this.columns = CsvLine.fields(header).stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!EntryFields.known(columns.get(i))) {
                throw new IllegalArgumentException("column " + (i + 1) + " of the header is none of "
                        + EntryFields.KNOWN + "; columns are separated by commas");
            }
            if (!seen.add(columns.get(i))) {
                throw new IllegalArgumentException("column " + (i + 1) + " of the header stands there twice");
            }
        }
        if (seen.stream().allMatch(EntryFields::optional)) {
            throw new IllegalArgumentException("the header has no column uri");
        }
    }

    @Override
    public Map<String, String> fields(String line) {
        Map<String, String> fields = CsvLine.fields(columns, line);
        fields.replaceAll((column, value) -> value.strip());
        return fields;
    }
}
