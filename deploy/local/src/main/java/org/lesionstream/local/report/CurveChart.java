package org.lesionstream.local.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers over a time that they share, as SVG that takes its colours from the page. */
public final class CurveChart {

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 160;
    private static final int LEFT = 60;
    private static final int BOTTOM = 22;
    private static final int TOP = 12;

    private CurveChart() {}

    /**
     * One curve.
     *
     * @param style class of the line in the page's style, such as {@code urgent}
     * @param values one for each time
     */
    public record Curve(String style, List<Double> values) {
        public Curve {
            values = List.copyOf(values);
        }
    }

    /**
     * The chart.
     *
     * @param description for readers who do not see it
     * @param marks words below the chart, at equal distances from its first moment to its last
     * @param curves of equally many values, at equal distances of time
     */
    public static String svg(String description, List<String> marks, List<Curve> curves) {
        double most = curves.stream()
                .flatMap(curve -> curve.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double top = Math.max(1, most);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                """
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
                <line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>
                <line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>
                <text x="%d" y="%d" text-anchor="end">%.0f</text>
                <text x="%d" y="%d" text-anchor="end">0</text>
                """,
                WIDTH,
                HEIGHT,
                Html.text(description),
                LEFT,
                HEIGHT - BOTTOM,
                WIDTH,
                HEIGHT - BOTTOM,
                LEFT,
                TOP,
                LEFT,
                HEIGHT - BOTTOM,
                LEFT - 6,
                TOP + 8,
                top,
                LEFT - 6,
                HEIGHT - BOTTOM));
        for (int i = 0; i < marks.size(); i++) {
            double x = x(i, marks.size());
            String anchor = i == 0 ? "start" : i == marks.size() - 1 ? "end" : "middle";
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
                    x,
                    HEIGHT - 6,
                    anchor,
                    Html.text(marks.get(i))));
        }
        curves.forEach(curve -> svg.append("<polyline class=\"")
                .append(curve.style())
                .append("\" points=\"")
                .append(points(curve.values(), top))
                .append("\"/>\n"));
        return svg.append("</svg>\n").toString();
    }

    private static String points(List<Double> values, double top) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x(i, values.size()),
                        HEIGHT - BOTTOM - values.get(i) / top * (HEIGHT - BOTTOM - TOP)))
                .collect(Collectors.joining(" "));
    }

    private static double x(int number, int count) {
        return count < 2 ? LEFT : LEFT + (double) number / (count - 1) * (WIDTH - LEFT);
    }
}
