package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.PixelCounts;

class PairedComparisonTest {
    private final List<CaseScore> a = List.of(score("p", 10, 0), score("q", 8, 2), score("r", 0, 5));
    private final List<CaseScore> b = List.of(score("p", 10, 0), score("q", 4, 6), score("r", 1, 4));

    @Test
    void winsAreThoseOfA() {
        PairedComparison comparison = only(PairedComparison.of(List.of("lesion"), a, b, Bootstrap.DEFAULT));
        // Dice of A: 1, 16/18, 0; of B: 1, 8/14, 2/6
        double difference = (16 / 18.0 - 8 / 14.0 - 2 / 6.0) / 3;
        assertThat(comparison.subject()).isEqualTo("lesion");
        assertThat(comparison.wins()).isOne();
        assertThat(comparison.ties()).isOne();
        assertThat(comparison.losses()).isOne();
        assertThat(comparison.difference().mean()).isCloseTo(difference, within(1e-12));
        assertThat(comparison.diceOfA() - comparison.diceOfB()).isCloseTo(difference, within(1e-12));
        assertThat(comparison.signedRank().differences()).isEqualTo(2);
        assertThat(comparison.signedRank().chance()).isOne();
    }

    @Test
    void turnedRoundItIsTheSameWithTheOtherSign() {
        PairedComparison there = only(PairedComparison.of(List.of("lesion"), a, b, Bootstrap.DEFAULT));
        PairedComparison back = only(PairedComparison.of(List.of("lesion"), b, a, Bootstrap.DEFAULT));
        assertThat(back.difference().mean()).isCloseTo(-there.difference().mean(), within(1e-12));
        assertThat(back.difference().low()).isCloseTo(-there.difference().high(), within(1e-12));
        assertThat(back.signFlip()).isEqualTo(there.signFlip());
    }

    @Test
    void aCheckpointDoesNotDifferFromItself() {
        PairedComparison same = only(PairedComparison.of(List.of("lesion"), a, a, Bootstrap.DEFAULT));
        assertThat(same.ties()).isEqualTo(3);
        assertThat(same.difference().low()).isZero();
        assertThat(same.difference().high()).isZero();
        assertThat(same.signedRank().chance()).isOne();
        assertThat(same.signFlip().chance()).isOne();
    }

    @Test
    void severalClassesAreComparedOneByOneAndTogether() {
        List<CaseScore> ofA = List.of(new CaseScore("p", List.of(counts(1, 0), counts(0, 1))));
        List<CaseScore> ofB = List.of(new CaseScore("p", List.of(counts(1, 0), counts(1, 0))));
        List<PairedComparison> comparisons = PairedComparison.of(List.of("one", "two"), ofA, ofB, Bootstrap.DEFAULT);
        assertThat(comparisons)
                .extracting(PairedComparison::subject)
                .containsExactly("one", "two", PairedComparison.ALL_CLASSES);
        assertThat(comparisons).extracting(each -> each.difference().mean()).containsExactly(0.0, -1.0, -0.5);
    }

    @Test
    void refusesOtherCases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedComparison.of(List.of("lesion"), a, List.of(b.get(0)), Bootstrap.DEFAULT))
                .withMessageContaining("same cases");
    }

    private static PairedComparison only(List<PairedComparison> comparisons) {
        assertThat(comparisons).hasSize(1);
        return comparisons.get(0);
    }

    private static CaseScore score(String name, long both, long missed) {
        return new CaseScore(name, List.of(counts(both, missed)));
    }

    private static PixelCounts counts(long both, long missed) {
        return new PixelCounts(both, 0, missed, 100);
    }
}
