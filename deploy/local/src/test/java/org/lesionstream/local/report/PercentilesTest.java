package org.lesionstream.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void areMeasuredValuesByNearestRank() {
        Percentiles hundred = new Percentiles(
                IntStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());

        assertThat(hundred.at(50)).isEqualTo(50);
        assertThat(hundred.at(95)).isEqualTo(95);
        assertThat(hundred.at(99)).isEqualTo(99);
        assertThat(hundred.at(100)).isEqualTo(100);
    }

    @Test
    void sayTheWorstWhenThereAreFewValues() {
        Percentiles few = new Percentiles(List.of(7, 1, 3));

        assertThat(few.at(99)).isEqualTo(7);
        assertThat(few.at(50)).isEqualTo(3);
        assertThat(few.at(1)).isEqualTo(1);
        assertThat(few.count()).isEqualTo(3);
    }

    @Test
    void haveAMedianBetweenTwoMiddleValues() {
        assertThat(new Percentiles(List.of(1, 2, 4, 100)).median()).isEqualTo(3);
        assertThat(new Percentiles(List.of(2, 9, 4)).median()).isEqualTo(4);
    }

    @Test
    void areNoNumbersWithoutValues() {
        assertThat(new Percentiles(List.<Double>of()).at(50)).isNaN();
        assertThat(new Percentiles(List.<Double>of()).median()).isNaN();
    }

    @Test
    void refusePercentsThatAreNone() {
        assertThatThrownBy(() -> new Percentiles(List.of(1)).at(0)).hasMessageContaining("was 0");
        assertThatThrownBy(() -> new Percentiles(List.of(1)).at(101)).hasMessageContaining("was 101");
    }
}
