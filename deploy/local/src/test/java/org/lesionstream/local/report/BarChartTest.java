package org.lesionstream.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {

    @Test
    void drawsBarsInProportionAndNothingForWhatIsNoNumber() {
        String svg = BarChart.svg(
                "Busy",
                List.of(
                        new BarChart.Bar("inference", 10, "10 s", "backfill"),
                        new BarChart.Bar("decode & cut", 5, "5 s", "urgent"),
                        new BarChart.Bar("publish", Double.NaN, "-", "urgent")));

        assertThat(svg)
                .contains("width=\"770.0\"", "width=\"385.0\"", "width=\"0.0\"")
                .contains("decode &amp; cut", "<rect class=\"urgent\"")
                .doesNotContain("NaN");
    }
}
