package org.lesionstream.local.report;

import java.util.List;
import java.util.Locale;

/** Numbers side by side as horizontal bars, as SVG that takes its colours from the page. */
public final class BarChart {

    private static final int WIDTH = 1100;
    private static final int LEFT = 210;
    private static final int RIGHT = 120;
    private static final int ROW = 26;

    /**
     * One bar.
     *
     * @param value its length; negative or no number is drawn as nothing
     * @param text what stands behind it
     * @param style class of the bar in the page's style, such as {@code urgent}
     */
    public record Bar(String label, double value, String text, String style) {}

    private BarChart() {}

    /**
     * The chart.
     *
     * @param description for readers who do not see it
     */
    public static String svg(String description, List<Bar> bars) {
        double most = bars.stream().mapToDouble(BarChart::length).max().orElse(0);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" style=\"max-height:none\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH,
                ROW * bars.size(),
                Html.text(description)));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double width = most == 0 ? 0 : length(bar) / most * (WIDTH - LEFT - RIGHT);
            int middle = ROW * i + ROW / 2;
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <text x="%d" y="%d" text-anchor="end">%s</text>
                    <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
                    <text x="%.1f" y="%d">%s</text>
                    """,
                    LEFT - 10,
                    middle + 4,
                    Html.text(bar.label()),
                    bar.style(),
                    LEFT,
                    middle - 8,
                    width,
                    16,
                    LEFT + width + 8,
                    middle + 4,
                    Html.text(bar.text())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double length(Bar bar) {
        return bar.value() > 0 && Double.isFinite(bar.value()) ? bar.value() : 0;
    }
}
