package org.lesionstream.trainer.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.Lineage;

/**
 * A lineage as it is printed.
 *
 * @param origin how the version came about, in a word
 * @param parents what it was made from
 * @param data digest of the data that taught it; null if unknown
 * @param recipe what it was trained by; null if unknown
 */
record LineageLine(
        String origin, List<CheckpointIdentity> parents, Optional<String> data, Optional<Lineage.Recipe> recipe) {

    private static final int SHORT = 12;

    static LineageLine of(Lineage lineage) {
        return new LineageLine(
                lineage.origin().name().toLowerCase(Locale.ROOT),
                lineage.parents(),
                lineage.data().map(digest -> digest.hex()),
                lineage.recipe());
    }

    /** In one line, with the parents. */
    String words() {
        String from = parents.stream()
                .map(parent -> parent.name() + "@" + parent.version())
                .collect(Collectors.joining(", "));
        return (from.isEmpty() ? origin : origin + " from " + from) + sources();
    }

    /** Data and recipe, where they are known. */
    String sources() {
        return data.map(hex -> ", data " + shortened(hex)).orElse("")
                + recipe.map(known -> ", recipe " + known.name() + " "
                                + shortened(known.digest().hex()))
                        .orElse("");
    }

    /** Enough of a digest for people to tell versions apart. */
    static String shortened(String hex) {
        return hex.substring(0, SHORT);
    }
}
