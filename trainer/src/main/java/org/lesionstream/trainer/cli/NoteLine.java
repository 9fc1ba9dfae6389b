package org.lesionstream.trainer.cli;

import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointNote;

/**
 * A note as it is printed.
 *
 * @param version which version it is about
 * @param when it was made, in UTC
 * @param who made it
 * @param text what it says
 */
record NoteLine(int version, String when, String who, String text) {

    static NoteLine of(CheckpointNote note) {
        return new NoteLine(note.version(), note.when().toString(), note.who(), note.text());
    }

    /** Those about one version. */
    static List<NoteLine> about(int version, List<CheckpointNote> notes) {
        return notes.stream()
                .filter(note -> note.version() == version)
                .map(NoteLine::of)
                .toList();
    }

    /** In one line, where it is clear which version it is about. */
    String words() {
        return "note " + when + " by " + who + ": " + TextTable.inOneLine(text);
    }
}
