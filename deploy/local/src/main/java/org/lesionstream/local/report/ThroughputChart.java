package org.lesionstream.local.report;

import java.util.List;
import java.util.Locale;

/** Images answered over time, one line per lane, as SVG that takes its colours from the page. */
public final class ThroughputChart {

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int BOTTOM = 28;
    private static final int TOP = 10;

    private ThroughputChart() {}

    /**
     * The chart.
     *
     * @param urgentSeconds when each urgent image was answered, after the first submission; ascending
     * @param backfillSeconds the same for the other lane
     */
    public static String svg(List<Double> urgentSeconds, List<Double> backfillSeconds) {
        double last = Math.max(0.1, Math.max(last(urgentSeconds), last(backfillSeconds)));
        int most = Math.max(1, Math.max(urgentSeconds.size(), backfillSeconds.size()));
        return String.format(
                Locale.ROOT,
                """
                <svg viewBox="0 0 %d %d" role="img" aria-label="Images answered over time, urgent and backfill">
                  <line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>
                  <line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>
                  <text x="%d" y="%d" text-anchor="end">%d</text>
                  <text x="%d" y="%d" text-anchor="end">0</text>
                  <text x="%d" y="%d">0 s</text>
                  <text x="%d" y="%d" text-anchor="end">%.1f s</text>
                  <polyline class="backfill" points="%s"/>
                  <polyline class="urgent" points="%s"/>
                </svg>
                """,
                WIDTH,
                HEIGHT,
                LEFT,
                HEIGHT - BOTTOM,
                WIDTH,
                HEIGHT - BOTTOM,
                LEFT,
                TOP,
                LEFT,
                HEIGHT - BOTTOM,
                LEFT - 6,
                TOP + 10,
                most,
                LEFT - 6,
                HEIGHT - BOTTOM,
                LEFT,
                HEIGHT - 8,
                WIDTH,
                HEIGHT - 8,
                last,
                points(backfillSeconds, last, most),
                points(urgentSeconds, last, most));
    }

    private static double last(List<Double> seconds) {
        return seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1);
    }

    private static String points(List<Double> seconds, double last, int most) {
        StringBuilder points = new StringBuilder(point(0, 0, last, most));
        for (int i = 0; i < seconds.size(); i++) {
            points.append(' ').append(point(seconds.get(i), i + 1, last, most));
        }
        return points.toString();
    }

    private static String point(double seconds, int count, double last, int most) {
        double x = LEFT + seconds / last * (WIDTH - LEFT);
        double y = HEIGHT - BOTTOM - (double) count / most * (HEIGHT - BOTTOM - TOP);
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
