package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DatasetSplitTest {

    /** @param groups of each case, 0 for none */
    @Property(tries = 300)
    void aSplitKeepsGroupsTogetherAndEveryCaseOnce(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 8) Integer> groups,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 99) int percent) {
        List<CaseFiles> cases = cases(groups);
        if (units(cases) < 2) {
            return;
        }
        DatasetSplit split = DatasetSplit.of(flat(cases), seed, percent / 100.0);
        assertThat(split.all()).containsExactlyInAnyOrderElementsOf(cases);
        assertThat(Collections.disjoint(groupsOf(split.train()), groupsOf(split.validation())))
                .isTrue();
        assertThat(DatasetSplit.of(flat(cases), seed, percent / 100.0)).isEqualTo(split);
    }

    @Property(tries = 200)
    void noGroupThatTeachesWouldBringTheNumberOfJudgesNearerToTheirShare(
            @ForAll @Size(min = 10, max = 60) List<@IntRange(min = 1, max = 12) Integer> groups, @ForAll long seed) {
        List<CaseFiles> cases = cases(groups);
        DatasetSplit split = DatasetSplit.of(flat(cases), seed, 0.3);
        long wanted = Math.max(1, Math.round(cases.size() * 0.3));
        int judges = split.validation().size();
        Map<Optional<String>, Long> sizes =
                split.train().stream().collect(Collectors.groupingBy(CaseFiles::group, Collectors.counting()));
        if (sizes.size() > 1) {
            assertThat(sizes.values()).allSatisfy(size -> assertThat(Math.abs(judges + size - wanted))
                    .isGreaterThanOrEqualTo(Math.abs(judges - wanted)));
        }
    }

    @Property(tries = 200)
    void foldsJudgeEveryCaseOnceAndKeepGroupsTogether(
            @ForAll @Size(min = 8, max = 40) List<@IntRange(min = 0, max = 10) Integer> groups,
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int folds) {
        List<CaseFiles> cases = cases(groups);
        if (units(cases) < folds) {
            return;
        }
        List<DatasetSplit> splits = DatasetSplit.folds(flat(cases), folds, seed);
        assertThat(splits).hasSize(folds);
        List<CaseFiles> judged = new ArrayList<>();
        for (DatasetSplit split : splits) {
            judged.addAll(split.validation());
            assertThat(split.all()).containsExactlyInAnyOrderElementsOf(cases);
            assertThat(Collections.disjoint(groupsOf(split.train()), groupsOf(split.validation())))
                    .isTrue();
        }
        assertThat(judged).containsExactlyInAnyOrderElementsOf(cases);
        assertThat(DatasetSplit.folds(flat(cases), folds, seed)).isEqualTo(splits);
    }

    @Test
    void foldsWithoutGroupsDifferByOneCaseAtMost() {
        List<CaseFiles> cases =
                cases(IntStream.range(0, 11).map(number -> 0).boxed().toList());
        assertThat(DatasetSplit.folds(flat(cases), 3, 4))
                .extracting(split -> split.validation().size())
                .containsExactly(4, 4, 3);
        assertThat(DatasetSplit.folds(flat(cases), 3, 5)).isNotEqualTo(DatasetSplit.folds(flat(cases), 3, 4));
    }

    @Test
    void largeGroupsAreDealtFirst() {
        List<CaseFiles> cases = cases(List.of(1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6));
        assertThat(DatasetSplit.folds(flat(cases), 3, 9))
                .extracting(split -> split.validation().size())
                .containsExactly(4, 4, 4);
    }

    @Test
    void foldsTakeTrainAndValidationButNoTest() {
        List<CaseFiles> cases = cases(List.of(0, 0, 0, 0, 0));
        CaseIndex index = new CaseIndex(
                Map.of("train", cases.subList(0, 3), "val", cases.subList(3, 4), "test", cases.subList(4, 5)));
        assertThat(DatasetSplit.folds(index, 2, 1))
                .allSatisfy(split -> assertThat(split.all()).containsExactlyInAnyOrderElementsOf(cases.subList(0, 4)));
    }

    @Test
    void oneGroupCannotBeSplit() {
        List<CaseFiles> cases = cases(List.of(1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetSplit.of(flat(cases), 1, 0.3))
                .withMessageContaining("at least one case each, were 0 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetSplit.folds(flat(cases), 2, 1))
                .withMessage("folds must be from 2 to the number of groups, 1, was 2");
    }

    @Test
    void whereAllGroupsAreTooLargeTheSmallestJudges() {
        List<CaseFiles> cases = cases(List.of(1, 1, 1, 1, 1, 2, 2, 2, 2));
        assertThat(groupsOf(DatasetSplit.of(flat(cases), 3, 0.1).validation())).containsExactly("2");
    }

    private static CaseIndex flat(List<CaseFiles> cases) {
        return new CaseIndex(Map.of(CaseIndex.ALL, cases));
    }

    private static List<CaseFiles> cases(List<Integer> groups) {
        return IntStream.range(0, groups.size())
                .mapToObj(number -> new CaseFiles(
                        "case-" + number,
                        Path.of("images", Integer.toString(number)),
                        Path.of("masks", Integer.toString(number)),
                        Optional.of(groups.get(number))
                                .filter(group -> group > 0)
                                .map(group -> Integer.toString(group))))
                .toList();
    }

    private static Set<String> groupsOf(List<CaseFiles> cases) {
        return cases.stream().flatMap(files -> files.group().stream()).collect(Collectors.toSet());
    }

    private static int units(List<CaseFiles> cases) {
        Set<Object> units = new HashSet<>();
        cases.forEach(
                files -> units.add(files.group().isPresent() ? files.group().get() : files));
        return units.size();
    }
}
