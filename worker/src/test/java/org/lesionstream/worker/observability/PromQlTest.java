package org.lesionstream.worker.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @Test
    void findsMetricsWithTheirWordsAndTheLabelsOfGroups() {
        PromQl query = PromQl.parse("""
                sum by (lane) (rate(jobs_total{outcome="dead_letter", code=~"a|b"}[5m]))
                  / on (lane) group_left (instance) max(lag_messages) without (state) > 1e-2 and ready == 1""");

        assertThat(query.selectors())
                .containsExactly(
                        new PromQl.Selector(
                                "jobs_total", Map.of("outcome", List.of("dead_letter"), "code", List.of("a", "b"))),
                        new PromQl.Selector("lag_messages", Map.of()),
                        new PromQl.Selector("ready", Map.of()));
        assertThat(query.labels()).containsExactlyInAnyOrder("lane", "instance", "state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(jobs_total[5m])",
                "rate(jobs_total[5 m])",
                "rat(jobs_total[5m])",
                "jobs_total{code}",
                "jobs_total{code=a}",
                "jobs_total ready",
                "sum by lane (jobs_total)",
                "jobs_total >",
                "jobs_total # 1",
                "by",
                ""
            })
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> PromQl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
