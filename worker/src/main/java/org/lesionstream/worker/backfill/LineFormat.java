package org.lesionstream.worker.backfill;

import java.util.Map;

/** How the fields of an entry stand on a line of a manifest. */
@FunctionalInterface
interface LineFormat {

    /**
     * Reads one line.
     *
     * @return text by name of the field; all names are {@linkplain EntryFields#known known}
     * @throws IllegalArgumentException if it cannot be read; the message says why and never repeats the line
     */
    Map<String, String> fields(String line);
}
