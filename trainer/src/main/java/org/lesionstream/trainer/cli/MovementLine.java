package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;

/**
 * A movement of an alias as it is printed.
 *
 * @param alias which alias
 * @param version which version it names from then on
 * @param digest of that version; null if it is no longer there
 * @param when it was moved, in UTC
 * @param who moved it
 * @param why in words
 * @param rollback whether it was moved back
 * @param inForce whether it is the last one of its alias
 */
record MovementLine(
        String alias,
        int version,
        Optional<String> digest,
        String when,
        String who,
        String why,
        boolean rollback,
        boolean inForce) {

    /** Every movement of a history. */
    static List<MovementLine> of(AliasHistory history, List<CheckpointManifest> versions) {
        Map<Integer, String> digests = new HashMap<>();
        versions.forEach(
                manifest -> digests.put(manifest.version(), manifest.digest().hex()));
        Map<String, Integer> last = new HashMap<>();
        for (int place = 0; place < history.changes().size(); place++) {
            last.put(history.changes().get(place).alias(), place);
        }
        List<MovementLine> lines = new ArrayList<>();
        for (AliasChange change : history.changes()) {
            lines.add(new MovementLine(
                    change.alias(),
                    change.version(),
                    Optional.ofNullable(digests.get(change.version())),
                    change.when().toString(),
                    change.who(),
                    change.why(),
                    change.rollback(),
                    last.get(change.alias()) == lines.size()));
        }
        return lines;
    }

    /** All of them, as a table. */
    static TextTable table(List<MovementLine> lines) {
        TextTable table = new TextTable("when", "alias", "version", "digest", "", "who", "why");
        for (MovementLine line : lines) {
            table.add(
                    line.when(),
                    line.alias(),
                    String.valueOf(line.version()),
                    line.digest().map(LineageLine::shortened).orElse("gone"),
                    (line.rollback() ? "rollback" : "")
                            + (line.rollback() && line.inForce() ? ", " : "")
                            + (line.inForce() ? "in force" : ""),
                    line.who(),
                    line.why());
        }
        return table;
    }
}
