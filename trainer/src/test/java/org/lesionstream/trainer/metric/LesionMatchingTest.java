package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.testing.Masks;

class LesionMatchingTest {

    @Test
    void aLesionIsFoundByOneCommonPixel() {
        LesionCounts counts = any(Masks.of("...11", "...11"), Masks.of("1111.", "1111."));
        assertThat(counts).isEqualTo(new LesionCounts(1, 1, 1, 1));
        assertThat(counts.f1()).hasValue(1);
    }

    @Test
    void anOverlapThatIsAskedForCountsTheUnion() {
        LabelMask predicted = Masks.of("...11", "...11");
        LabelMask truth = Masks.of("1111.", "1111."); // 2 in common, 10 in both together
        assertThat(of(predicted, truth, 0.2)).isEqualTo(new LesionCounts(1, 1, 1, 1));
        assertThat(of(predicted, truth, 0.21)).isEqualTo(new LesionCounts(1, 0, 1, 0));
    }

    @Test
    void aMissedLesionLowersTheRecall() {
        LesionCounts counts = any(Masks.of("11...", "....."), Masks.of("11..1", "....1"));
        assertThat(counts).isEqualTo(new LesionCounts(2, 1, 1, 1));
        assertThat(counts.recall()).hasValue(0.5);
        assertThat(counts.precision()).hasValue(1);
        assertThat(counts.f1().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void aLesionWhereNoneIsLowersThePrecision() {
        LesionCounts counts = any(Masks.of("11..1", "....1"), Masks.of("11...", "....."));
        assertThat(counts).isEqualTo(new LesionCounts(1, 1, 2, 1));
        assertThat(counts.precision()).hasValue(0.5);
    }

    @Test
    void aSplitLesionIsFoundOnceByTwoRightOnes() {
        assertThat(any(Masks.of("11.11"), Masks.of("11111"))).isEqualTo(new LesionCounts(1, 1, 2, 2));
        assertThat(of(Masks.of("11.11"), Masks.of("11111"), 0.5)).isEqualTo(new LesionCounts(1, 0, 2, 0));
    }

    @Test
    void twoMergedLesionsAreBothFoundByOne() {
        assertThat(any(Masks.of("11111"), Masks.of("11.11"))).isEqualTo(new LesionCounts(2, 2, 1, 1));
        assertThat(of(Masks.of("11111"), Masks.of("11.11"), 0.5)).isEqualTo(new LesionCounts(2, 0, 1, 0));
    }

    @Test
    void cornersJoin() {
        assertThat(any(Masks.of("1..", ".1.", "..1"), Masks.of("1..", ".1.", "..1")))
                .isEqualTo(new LesionCounts(1, 1, 1, 1));
    }

    @Test
    void anotherClassInTheSamePlaceFindsNothing() {
        assertThat(LesionMatching.ANY_OVERLAP.counts(Masks.of("22."), Masks.of("11."), 3))
                .containsExactly(new LesionCounts(1, 0, 0, 0), new LesionCounts(0, 0, 1, 0));
    }

    @Test
    void nothingFoundIsZeroAndNothingThereIsAbsent() {
        assertThat(any(Masks.of("..1"), Masks.of("1..")).f1()).hasValue(0);
        LesionCounts missed = any(Masks.of("..."), Masks.of("1.."));
        assertThat(missed.f1()).hasValue(0);
        assertThat(missed.precision()).isEmpty();
        LesionCounts empty = any(Masks.of("..."), Masks.of("..."));
        assertThat(empty).isEqualTo(LesionCounts.NONE);
        assertThat(empty.f1()).isEmpty();
        assertThat(empty.recall()).isEmpty();
    }

    @Test
    void refusesAnOverlapAboveOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LesionMatching(1.5))
                .withMessageContaining("1.5");
    }

    private static LesionCounts any(LabelMask predicted, LabelMask truth) {
        return of(predicted, truth, 0);
    }

    private static LesionCounts of(LabelMask predicted, LabelMask truth, double overlap) {
        return new LesionMatching(overlap).counts(predicted, truth, 2).get(0);
    }
}
