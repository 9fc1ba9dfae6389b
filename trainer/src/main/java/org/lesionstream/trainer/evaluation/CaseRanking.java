package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.lesionstream.trainer.data.CaseFiles;

/** The cases of all splits in the order of a number, lowest first, to be shown from; each is given out once. Confined to one thread. */
public final class CaseRanking {
    private final List<Ranked> left;

    private CaseRanking(List<Ranked> ranked) {
        this.left = ranked;
    }

    /**
     * A case to be shown.
     *
     * @param split it belongs to
     * @param files its picture and mask
     * @param rank the number that it is ordered by
     */
    public record Ranked(String split, CaseFiles files, double rank) {}

    /**
     * Orders cases, by name where their numbers are equal.
     *
     * @param splits cases by split
     * @param scores one for each of them, in the same order
     * @param number of a case
     */
    public static <S> CaseRanking of(
            Map<String, List<CaseFiles>> splits, Map<String, List<S>> scores, ToDoubleFunction<S> number) {
        List<Ranked> ranked = new ArrayList<>();
        splits.forEach((split, cases) -> {
            for (int index = 0; index < cases.size(); index++) {
                double rank = number.applyAsDouble(scores.get(split).get(index));
                ranked.add(new Ranked(split, cases.get(index), rank));
            }
        });
        ranked.sort(Comparator.comparingDouble(Ranked::rank)
                .thenComparing(each -> each.files().name()));
        return new CaseRanking(ranked);
    }

    /** The lowest, lowest first. */
    public List<Ranked> lowest(int count) {
        return take(0, count);
    }

    /** The highest, lowest first. */
    public List<Ranked> highest(int count) {
        return take(Math.max(0, left.size() - count), count);
    }

    /** Those in the middle, lowest first. */
    public List<Ranked> middle(int count) {
        return take(Math.max(0, (left.size() - count) / 2), count);
    }

    private List<Ranked> take(int from, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, was " + count);
        }
        List<Ranked> part = left.subList(from, Math.min(left.size(), from + count));
        List<Ranked> taken = List.copyOf(part);
        part.clear();
        return taken;
    }
}
