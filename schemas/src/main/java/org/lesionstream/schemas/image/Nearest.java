package org.lesionstream.schemas.image;

/** Nearest-neighbour resizing of one-byte planes with half-pixel centres: output i of m takes input floor((i + 0.5) n / m). */
final class Nearest {

    private Nearest() {}

    static byte[] resize(byte[] from, int fromHeight, int fromWidth, int toHeight, int toWidth) {
        byte[] to = new byte[Math.multiplyExact(toHeight, toWidth)];
        int[] columns = indices(fromWidth, toWidth);
        int[] rows = indices(fromHeight, toHeight);
        for (int r = 0, i = 0; r < toHeight; r++) {
            int start = rows[r] * fromWidth;
            for (int c = 0; c < toWidth; c++) {
                to[i++] = from[start + columns[c]];
            }
        }
        return to;
    }

    private static int[] indices(int from, int to) {
        int[] indices = new int[to];
        for (int i = 0; i < to; i++) {
            indices[i] = (int) ((2L * i + 1) * from / (2L * to));
        }
        return indices;
    }
}
