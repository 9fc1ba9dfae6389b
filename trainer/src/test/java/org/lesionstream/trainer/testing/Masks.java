package org.lesionstream.trainer.testing;

import org.lesionstream.schemas.image.LabelMask;

/** Masks drawn with letters: a digit is a label, everything else is background. */
public final class Masks {
    private Masks() {}

    public static LabelMask of(String... rows) {
        int width = rows[0].length();
        byte[] labels = new byte[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < width; column++) {
                char drawn = rows[row].charAt(column);
                labels[row * width + column] = (byte) (Character.isDigit(drawn) ? drawn - '0' : 0);
            }
        }
        return new LabelMask(rows.length, width, labels);
    }
}
