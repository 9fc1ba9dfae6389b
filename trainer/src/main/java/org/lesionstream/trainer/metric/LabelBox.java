package org.lesionstream.trainer.metric;

import org.lesionstream.schemas.image.LabelMask;

/**
 * The rows and columns of a mask between which a label lies; distances between outlines need no pixel outside.
 *
 * @param top first row
 * @param left first column
 * @param bottom the row after the last
 * @param right the column after the last
 */
record LabelBox(int top, int left, int bottom, int right) {

    /** The smallest box around a label. */
    static LabelBox of(LabelMask mask, int label) {
        int top = mask.height();
        int left = mask.width();
        int bottom = 0;
        int right = 0;
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                if (mask.label(row, column) == label) {
                    top = Math.min(top, row);
                    left = Math.min(left, column);
                    bottom = row + 1;
                    right = Math.max(right, column + 1);
                }
            }
        }
        return new LabelBox(top, left, bottom, right);
    }

    boolean isEmpty() {
        return bottom <= top;
    }

    int height() {
        return bottom - top;
    }

    int width() {
        return right - left;
    }

    /** The smallest box around both. */
    LabelBox and(LabelBox other) {
        return new LabelBox(
                Math.min(top, other.top),
                Math.min(left, other.left),
                Math.max(bottom, other.bottom),
                Math.max(right, other.right));
    }

    /** Which pixels of the box are surface: the label there, and not on all 4 sides. */
    boolean[] surface(LabelMask mask, int label) {
        boolean[] surface = new boolean[height() * width()];
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                surface[(row - top) * width() + column - left] = mask.label(row, column) == label
                        && !(carries(mask, row - 1, column, label)
                                && carries(mask, row + 1, column, label)
                                && carries(mask, row, column - 1, label)
                                && carries(mask, row, column + 1, label));
            }
        }
        return surface;
    }

    private static boolean carries(LabelMask mask, int row, int column, int label) {
        return row >= 0
                && column >= 0
                && row < mask.height()
                && column < mask.width()
                && mask.label(row, column) == label;
    }
}
