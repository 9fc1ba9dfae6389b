package org.lesionstream.trainer.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which cases a network learns from and which only judge it.
 *
 * <p>Folders {@code train/} and {@code val/} are taken as they are. Otherwise the cases of {@code train/}, or of a flat folder, are shuffled by the
 * seed and {@code validationShare} of them judge. A {@code test/} folder is never touched here. No patient is known to the files: where
 * several images show one patient, make the folders yourself.
 *
 * @param train at least one case
 * @param validation at least one case, none of them in {@code train}
 */
public record DatasetSplit(List<CaseFiles> train, List<CaseFiles> validation) {

    public DatasetSplit {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException("training and validation need at least one case each, were %d and %d"
                    .formatted(train.size(), validation.size()));
        }
        if (!Collections.disjoint(train, validation)) {
            throw new IllegalArgumentException("a case must not both train and judge");
        }
    }

    /**
     * Splits an index.
     *
     * @param seed decides only where there is no {@code val/} folder
     * @param validationShare above 0 and below 1; at least one case is taken
     */
    public static DatasetSplit of(CaseIndex index, long seed, double validationShare) {
        if (!(validationShare > 0 && validationShare < 1)) {
            throw new IllegalArgumentException("validationShare must lie between 0 and 1, was " + validationShare);
        }
        List<CaseFiles> known = index.cases("train").isEmpty() ? index.cases(CaseIndex.ALL) : index.cases("train");
        if (!index.cases("val").isEmpty()) {
            return new DatasetSplit(known, index.cases("val"));
        }
        List<CaseFiles> shuffled = new ArrayList<>(known);
        Collections.shuffle(shuffled, new Random(seed));
        int judges = (int) Math.max(1, Math.round(shuffled.size() * validationShare));
        return new DatasetSplit(
                shuffled.subList(judges, shuffled.size()), shuffled.subList(0, Math.min(judges, shuffled.size())));
    }
}
