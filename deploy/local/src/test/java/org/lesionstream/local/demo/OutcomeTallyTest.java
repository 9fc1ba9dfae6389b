package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.local.demo.OutcomeTally.Answer.CASE_RESULT;
import static org.lesionstream.local.demo.OutcomeTally.Answer.DEAD_LETTER;
import static org.lesionstream.local.demo.OutcomeTally.Answer.RESULT;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTallyTest {

    private final OutcomeTally tally = new OutcomeTally(Set.of("j-1", "j-2"), Set.of("c-1"));

    @Test
    void isCompleteWhenEachJobAndEachCaseIsAnswered() {
        assertThat(tally.lost()).isEqualTo(3);

        tally.take(RESULT, "j-1");
        tally.take(DEAD_LETTER, "j-2");
        assertThat(tally.complete()).isFalse();
        tally.take(CASE_RESULT, "c-1");

        assertThat(tally.complete()).isTrue();
        assertThat(tally.results()).isEqualTo(1);
        assertThat(tally.deadLetters()).isEqualTo(1);
        assertThat(tally.cases()).isEqualTo(1);
        assertThat(tally.duplicates()).isZero();
        assertThat(tally.strays()).isZero();
    }

    @Test
    void countsASecondAnswerAsADuplicateAndKeepsTheFirst() {
        assertThat(tally.take(RESULT, "j-1")).isTrue();
        assertThat(tally.take(RESULT, "j-1")).isFalse();
        assertThat(tally.take(DEAD_LETTER, "j-1")).isFalse();

        assertThat(tally.duplicates()).isEqualTo(2);
        assertThat(tally.results()).isEqualTo(1);
        assertThat(tally.deadLetters()).isZero();
    }

    @Test
    void doesNotLetADuplicateHideALoss() {
        tally.take(RESULT, "j-1");
        tally.take(RESULT, "j-1");
        tally.take(CASE_RESULT, "c-1");
        tally.take(CASE_RESULT, "c-1");

        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.duplicates()).isEqualTo(2);
        assertThat(tally.complete()).isFalse();
    }

    @Test
    void noticesAnswersThatNobodyAskedFor() {
        assertThat(tally.take(RESULT, "j-3")).isFalse();
        assertThat(tally.take(CASE_RESULT, "j-1")).isFalse();

        assertThat(tally.strays()).isEqualTo(2);
        assertThat(tally.lost()).isEqualTo(3);
    }
}
