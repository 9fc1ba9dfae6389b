package org.lesionstream.schemas.testing;

/** Lesions that benchmarks draw. */
public final class Ellipses {

    private Ellipses() {}

    /**
     * Sets the label of every pixel inside to 1.
     *
     * @param labels rows of {@code width} pixels
     * @param row of the centre, as {@code column}
     * @param high vertical semi-axis in pixels, {@code wide} the horizontal one
     */
    public static void draw(byte[] labels, int width, int row, int column, double high, double wide) {
        for (int r = (int) Math.ceil(-high); r <= high; r++) {
            for (int c = (int) Math.ceil(-wide); c <= wide; c++) {
                if (r * r / (high * high) + c * c / (wide * wide) <= 1) {
                    labels[(row + r) * width + column + c] = 1;
                }
            }
        }
    }
}
