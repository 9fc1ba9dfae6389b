package org.lesionstream.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveChartTest {

    @Test
    void drawsCurvesToOneScale() {
        String svg = CurveChart.svg(
                "a < b",
                List.of("0:00", "12:00", "24:00"),
                List.of(
                        new CurveChart.Curve("urgent", List.of(0.0, 5.0, 10.0)),
                        new CurveChart.Curve("plain", List.of(10.0, 10.0, 0.0))));

        assertThat(svg)
                .contains("a &lt; b", "<polyline class=\"urgent\" points=\"60.0,138.0 580.0,75.0 1100.0,12.0\"")
                .contains("<polyline class=\"plain\" points=\"60.0,12.0 580.0,12.0 1100.0,138.0\"")
                .contains(">10</text>", ">12:00</text>");
    }

    @Test
    void drawsNothingAsALineAtTheBottom() {
        assertThat(CurveChart.svg("none", List.of("0:00"), List.of(new CurveChart.Curve("plain", List.of(0.0)))))
                .contains("points=\"60.0,138.0\"")
                .doesNotContain("NaN");
    }
}
