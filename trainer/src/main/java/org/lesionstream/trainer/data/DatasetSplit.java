package org.lesionstream.trainer.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which cases a network learns from and which only judge it.
 *
 * <ul>
 *   <li>Splits {@code train} and {@code val} are taken as they are. Otherwise the cases of {@code train}, or of an index without splits, are shuffled by
 *       the seed and some of them judge. Cases of {@code test} are never touched here.
 *   <li>A group, such as the pictures of a patient, is never torn apart. Folders know no groups: where several images show one patient, list them in
 *       an index with a column of groups, or make the splits yourself.
 *   <li>The same cases and the same seed give the same split everywhere.
 * </ul>
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
     * <p>Groups are gone through in the order that the seed gives; each judges if that brings the number of judging cases nearer to their share.
     *
     * @param seed decides only where there is no split {@code val}
     * @param validationShare of the cases, above 0 and below 1; at least one group is taken, and at least one is left
     */
    public static DatasetSplit of(CaseIndex index, long seed, double validationShare) {
        if (!(validationShare > 0 && validationShare < 1)) {
            throw new IllegalArgumentException("validationShare must lie between 0 and 1, was " + validationShare);
        }
        List<CaseFiles> known = index.cases("train").isEmpty() ? index.cases(CaseIndex.ALL) : index.cases("train");
        if (!index.cases("val").isEmpty()) {
            return new DatasetSplit(known, index.cases("val"));
        }
        List<List<CaseFiles>> groups = shuffledGroups(known, seed);
        List<List<CaseFiles>> learning = new ArrayList<>();
        List<List<CaseFiles>> judging = new ArrayList<>();
        long wanted = Math.max(1, Math.round(known.size() * validationShare));
        long taken = 0;
        for (List<CaseFiles> group : groups) {
            boolean nearer = Math.abs(taken + group.size() - wanted) < Math.abs(taken - wanted);
            boolean lastToLearnFrom = learning.isEmpty() && judging.size() == groups.size() - 1;
            if (nearer && !lastToLearnFrom) {
                judging.add(group);
                taken += group.size();
            } else {
                learning.add(group);
            }
        }
        if (judging.isEmpty()) {
            smallest(learning).ifPresent(judging::add);
            learning.removeAll(judging);
        }
        return new DatasetSplit(cases(learning), cases(judging));
    }

    /**
     * Splits an index {@code folds} times, so that every case outside of {@code test} judges in exactly one of the splits and teaches in all others.
     *
     * <p>The largest groups are dealt first, each to the fold that has the fewest cases yet; without groups, the folds differ by one case at most.
     *
     * @param folds at least 2 and at most the number of groups
     */
    public static List<DatasetSplit> folds(CaseIndex index, int folds, long seed) {
        List<CaseFiles> known = Stream.of("train", "val", CaseIndex.ALL)
                .flatMap(split -> index.cases(split).stream())
                .toList();
        List<List<CaseFiles>> groups = shuffledGroups(known, seed);
        if (folds < 2 || folds > groups.size()) {
            throw new IllegalArgumentException(
                    "folds must be from 2 to the number of groups, %d, was %d".formatted(groups.size(), folds));
        }
        groups.sort(
                Comparator.comparingInt((List<CaseFiles> group) -> group.size()).reversed());
        List<List<CaseFiles>> parts = new ArrayList<>();
        IntStream.range(0, folds).forEach(fold -> parts.add(new ArrayList<>()));
        for (List<CaseFiles> group : groups) {
            smallest(parts).orElseThrow().addAll(group);
        }
        List<DatasetSplit> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            List<List<CaseFiles>> learning = new ArrayList<>(parts);
            List<CaseFiles> judging = learning.remove(fold);
            splits.add(new DatasetSplit(cases(learning), judging));
        }
        return splits;
    }

    private static Optional<List<CaseFiles>> smallest(List<List<CaseFiles>> groups) {
        return groups.stream().min(Comparator.comparingInt(List::size));
    }

    private static List<CaseFiles> cases(List<List<CaseFiles>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** Cases that belong together, in an order by the seed; a case without a group is by itself. */
    private static List<List<CaseFiles>> shuffledGroups(List<CaseFiles> cases, long seed) {
        Map<Object, List<CaseFiles>> groups = new LinkedHashMap<>();
        for (CaseFiles files : cases) {
            Object key = files.group().isPresent() ? files.group().get() : files;
            groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(files);
        }
        List<List<CaseFiles>> shuffled = new ArrayList<>(groups.values());
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** All cases, those that teach first. */
    public Stream<CaseFiles> all() {
        return Stream.concat(train.stream(), validation.stream());
    }
}
