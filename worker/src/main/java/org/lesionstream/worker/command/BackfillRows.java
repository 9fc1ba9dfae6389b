package org.lesionstream.worker.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillRow;

/** Backfills as people and programs read them. */
final class BackfillRows {
    private static final String LINE = "%-24s %-10s %-28s %12s %12s %10s %12s %8s  %s%n";

    private BackfillRows() {}

    /** Fields of a JSON document. */
    static Map<String, Object> json(BackfillRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.name());
        fields.put("state", row.state().word());
        fields.put("abandoned", row.abandoned());
        fields.put("checkpoint", row.checkpoint());
        fields.put("source", row.source());
        fields.put("total", row.total().orElse(null));
        fields.putAll(json(row.counts()));
        fields.put("startedAt", row.startedAt().toString());
        fields.put("silentSeconds", row.silence().toSeconds());
        fields.put("endedAt", row.endedAt().map(Object::toString).orElse(null));
        return fields;
    }

    static Map<String, Object> json(BackfillCounts counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seen", counts.seen());
        fields.put("submitted", counts.submitted());
        fields.put("alreadyDone", counts.alreadyDone());
        fields.put("refused", counts.refused());
        fields.put("segmented", counts.segmented());
        fields.put("expanded", counts.expanded());
        fields.put("deadLetters", counts.deadLetters());
        return fields;
    }

    /** A table. */
    static String table(List<BackfillRow> rows) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                LINE,
                "NAME",
                "STATE",
                "CHECKPOINT",
                "ENTRIES",
                "SEEN",
                "REFUSED",
                "SEGMENTED",
                "DEAD",
                "STARTED"));
        for (BackfillRow row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    LINE,
                    row.name(),
                    row.abandoned() ? "abandoned" : row.state().word(),
                    row.checkpoint(),
                    row.total().map(String::valueOf).orElse("-"),
                    row.counts().seen(),
                    row.counts().refused(),
                    row.counts().segmented(),
                    row.counts().dead(),
                    row.startedAt()));
        }
        return table.toString();
    }

    /** All about one, a line per word. */
    static String page(BackfillRow row) {
        StringBuilder page = new StringBuilder();
        json(row)
                .forEach((name, value) ->
                        page.append(String.format(Locale.ROOT, "%-14s %s%n", name, value == null ? "-" : value)));
        if (row.abandoned()) {
            page.append(String.format(
                    Locale.ROOT,
                    "Nothing was heard of it for %d s: the program that ran it is gone. Run it again; it goes on.%n",
                    row.silence().toSeconds()));
        }
        return page.toString();
    }
}
