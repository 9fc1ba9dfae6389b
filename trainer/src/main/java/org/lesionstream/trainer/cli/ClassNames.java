package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.SegmentClass;

/** The classes of a checkpoint as its manifest names them; the background has no name. */
final class ClassNames {

    private ClassNames() {}

    /** Names where nobody gave any: the only class is a lesion, several are numbered. */
    static List<SegmentClass> numbered(int labels) {
        List<String> names = new ArrayList<>();
        for (int label = 1; label < labels; label++) {
            names.add(labels == 2 ? "lesion" : "class-" + label);
        }
        return of(names, labels);
    }

    /**
     * Names in the order of the labels.
     *
     * @param labels how many labels exist, background included
     */
    static List<SegmentClass> of(List<String> names, int labels) {
        if (names.size() != labels - 1) {
            throw new IllegalArgumentException(
                    "classes must be %d names, one for each label but the background, were %s"
                            .formatted(labels - 1, names));
        }
        List<SegmentClass> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(new SegmentClass(classes.size() + 1, name, Optional.empty()));
        }
        return classes;
    }
}
