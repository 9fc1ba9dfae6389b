package org.lesionstream.trainer.report;

import java.util.List;
import java.util.Locale;

/** A drawing with two axes as inline SVG: a frame of grid lines, and marks put onto it one after the other. */
final class Plot {
    private static final double WIDTH = 500;
    private static final double HEIGHT = 310;
    private static final double LEFT = 76;
    private static final double RIGHT = 28;
    private static final double TOP = 12;
    private static final double BOTTOM = 46;
    private static final double RADIUS = 3.5;

    private final String title;
    private final Axis across;
    private final Axis up;
    private final StringBuilder marks = new StringBuilder();

    /** @param title as plain text */
    Plot(String title, Axis across, Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /**
     * A place of a plot.
     *
     * @param x on the axis across
     * @param y on the axis up
     */
    record Point(double x, double y) {}

    /** A dot; its tip shows where the pointer rests. */
    Plot dot(Point at, int series, String tip) {
        draw(
                "<circle class=\"dot %s\" fill=\"currentColor\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>%n",
                Style.series(series), x(at.x), y(at.y), RADIUS, Html.escaped(tip));
        return this;
    }

    /** A bar that stands on the axis. */
    Plot bar(double from, double to, double height, int series, String tip) {
        draw(
                "<rect class=\"bar %s\" fill=\"currentColor\" stroke=\"currentColor\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                Style.series(series), x(from), y(height), x(to) - x(from), y(up.low()) - y(height), Html.escaped(tip));
        return this;
    }

    /** A line through points. */
    Plot line(List<Point> points, int series) {
        draw(
                "<polyline class=\"line %s\" stroke=\"currentColor\" points=\"%s\"/>%n",
                Style.series(series), path(points));
        return this;
    }

    /** A dashed line to compare with. */
    Plot guide(Point from, Point to) {
        draw("<polyline class=\"guide\" points=\"%s\"/>%n", path(List.of(from, to)));
        return this;
    }

    /** The finished drawing in a frame with its title. */
    String figure() {
        StringBuilder frame = new StringBuilder();
        for (double tick : across.ticks()) {
            frame.append(format(
                    "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\"/><text x=\"%1$.1f\" y=\"%4$.1f\" text-anchor=\"middle\">%5$s</text>%n",
                    x(tick), TOP, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 16, across.text(tick)));
        }
        for (double tick : up.ticks()) {
            frame.append(format(
                    "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%2$.1f\" y1=\"%3$.1f\" y2=\"%3$.1f\"/><text x=\"%4$.1f\" y=\"%5$.1f\" text-anchor=\"end\">%6$s</text>%n",
                    LEFT, WIDTH - RIGHT, y(tick), LEFT - 6, y(tick) + 4, up.text(tick)));
        }
        frame.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, Html.escaped(across.title())));
        frame.append(format(
                "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2, Html.escaped(up.title())));
        return format(
                "<figure><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n%s%s</svg><figcaption>%s</figcaption></figure>%n",
                WIDTH, HEIGHT, Html.escaped(title), frame, marks, Html.escaped(title));
    }

    private String path(List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(format("%.1f,%.1f ", x(point.x), y(point.y)));
        }
        return path.toString().strip();
    }

    private double x(double value) {
        return LEFT + across.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void draw(String pattern, Object... values) {
        marks.append(format(pattern, values));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
