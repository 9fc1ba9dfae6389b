package org.lesionstream.trainer.data;

import java.util.List;

/**
 * A row of a CSV file.
 *
 * @param line on which it begins, counted from 1
 * @param fields without their quotes, at least one
 */
record CsvRow(int line, List<String> fields) {

    CsvRow {
        fields = List.copyOf(fields);
    }
}
