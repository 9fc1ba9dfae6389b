package org.lesionstream.schemas.image;

import java.nio.ByteBuffer;

/**
 * Cuts the input window of a tile out of a prepared picture.
 *
 * <p>Pixels beyond the border are mirrored about the border pixel (which is not repeated), again and again where the picture is smaller than the
 * overhang: index i of n pixels reads pixel m of period 2 (n - 1), as in the U-Net paper's overlap-tile strategy.
 */
public final class Tiler {

    private Tiler() {}

    /** Writes the tile's bytes, [H, W, C], to {@code target} from {@code offset} on. */
    public static void cut(PixelGrid prepared, TilePlan.Tile tile, byte[] target, int offset) {
        cut(prepared, tile, ByteBuffer.wrap(target), offset);
    }

    /** Writes the tile's bytes, [H, W, C], to absolute position {@code offset} of {@code target}, whose own position stays where it is. */
    public static void cut(PixelGrid prepared, TilePlan.Tile tile, ByteBuffer target, int offset) {
        TilePlan.Window window = tile.input();
        int bytes = prepared.bytesPerPixel();
        int width = prepared.width();
        int left = Math.max(0, window.column());
        int right = Math.min(width, window.column() + window.width());
        byte[] samples = prepared.samples();
        for (int r = 0; r < window.height(); r++) {
            int from = mirrored(window.row() + r, prepared.height()) * width;
            int to = offset + r * window.width() * bytes;
            if (left < right) {
                target.put(
                        to + (left - window.column()) * bytes, samples, (from + left) * bytes, (right - left) * bytes);
            }
            for (int c = window.column(); c < Math.min(left, window.column() + window.width()); c++) {
                copyMirrored(samples, from, c, width, bytes, target, to + (c - window.column()) * bytes);
            }
            for (int c = Math.max(right, left); c < window.column() + window.width(); c++) {
                copyMirrored(samples, from, c, width, bytes, target, to + (c - window.column()) * bytes);
            }
        }
    }

    private static void copyMirrored(
            byte[] samples, int row, int column, int width, int bytes, ByteBuffer target, int to) {
        int at = (row + mirrored(column, width)) * bytes;
        for (int b = 0; b < bytes; b++) {
            target.put(to + b, samples[at + b]);
        }
    }

    /** The pixel inside [0, length) that stands for {@code index}. */
    static int mirrored(int index, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int folded = Math.floorMod(index, period);
        return folded < length ? folded : period - folded;
    }
}
