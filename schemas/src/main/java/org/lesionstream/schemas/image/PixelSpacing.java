package org.lesionstream.schemas.image;

/**
 * Distance in millimetres between the centres of neighbouring pixels.
 *
 * @param rowMillimetres from one row to the next
 * @param columnMillimetres from one column to the next
 */
public record PixelSpacing(double rowMillimetres, double columnMillimetres) {

    public PixelSpacing {
        check("rowMillimetres", rowMillimetres);
        check("columnMillimetres", columnMillimetres);
    }

    /** Area that one pixel covers. */
    public double pixelSquareMillimetres() {
        return rowMillimetres * columnMillimetres;
    }

    private static void check(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, was " + value);
        }
    }
}
