package org.lesionstream.trainer.evaluation;

import org.lesionstream.schemas.image.LabelMask;

/** Where the regions of a mask end, as drawings show it. */
final class Outline {

    /** Pages show a drawing about this large, so outlines of larger ones must be thicker to be seen. */
    private static final int PIXELS_OF_A_THIN_LINE = 250;

    private final LabelMask mask;
    private final int thickness;

    Outline(LabelMask mask) {
        this.mask = mask;
        this.thickness = 1 + Math.max(mask.height(), mask.width()) / PIXELS_OF_A_THIN_LINE;
    }

    /**
     * The label of the region whose outline holds a pixel, 0 where there is none: a pixel of a region with, at most the line's thickness away along a row or column, one outside it;
     * the rim of the picture counts as outside.
     */
    int label(int row, int column) {
        int label = mask.label(row, column);
        for (int step = 1; label != 0 && step <= thickness; step++) {
            if (!carries(row - step, column, label)
                    || !carries(row + step, column, label)
                    || !carries(row, column - step, label)
                    || !carries(row, column + step, label)) {
                return label;
            }
        }
        return 0;
    }

    private boolean carries(int row, int column, int label) {
        return row >= 0
                && column >= 0
                && row < mask.height()
                && column < mask.width()
                && mask.label(row, column) == label;
    }
}
