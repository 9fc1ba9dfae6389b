package org.lesionstream.schemas.image;

import java.util.Arrays;

/**
 * One label per pixel, row by row; 0 is background.
 *
 * <p>The mask owns {@code labels} from its construction on: nobody writes to the array any more. Masks are equal by content.
 *
 * @param labels unsigned bytes, height * width of them
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; equality is by content
public record LabelMask(int height, int width, byte[] labels) {

    public LabelMask {
        Checks.positive("height", height);
        Checks.positive("width", width);
        Checks.length("labels", labels, (long) height * width);
    }

    public int label(int row, int column) {
        return labels[row * width + column] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelMask that
                && height == that.height
                && width == that.width
                && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(labels);
    }

    /** Size only: pixels never reach a log. */
    @Override
    public String toString() {
        return "LabelMask[" + height + "x" + width + "]";
    }
}
