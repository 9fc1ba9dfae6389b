package org.lesionstream.worker.decode.dicom.codec;

import java.util.Arrays;

/** Writes extended sequential JPEG of 12 bits for tests, with quantization by 1 and codes of eight or nine bits for every value. */
final class TwelveBitJpegEncoder {

    private static final int SHORTER = 100; // codes of eight bits; the other values have nine

    private final int rows;
    private final int columns;
    private final int components;
    private final int restartInterval;
    private final BitWriter out = new BitWriter(false);

    TwelveBitJpegEncoder(int rows, int columns, int components, int restartInterval) {
        this.rows = rows;
        this.columns = columns;
        this.components = components;
        this.restartInterval = restartInterval;
    }

    byte[] encode(int[] samples) {
        out.marker(0xd8);
        int[] quantization = new int[65];
        Arrays.fill(quantization, 1, 65, 1);
        out.marker(0xdb, quantization);
        int[] scan = new int[1 + 2 * components + 3];
        scan[0] = components;
        for (int k = 0; k < components; k++) {
            scan[1 + 2 * k] = k + 1;
        }
        scan[scan.length - 2] = 63;
        out.frame(0xc1, 12, rows, columns, components);
        table(0x00);
        table(0x10);
        if (restartInterval > 0) {
            out.marker(0xdd, 0, restartInterval);
        }
        out.marker(0xda, scan);
        blocks(samples);
        out.align();
        out.marker(0xd9);
        return out.bytes();
    }

    private void table(int number) {
        int[] content = new int[17 + 256];
        content[0] = number;
        content[8] = SHORTER;
        content[9] = 256 - SHORTER;
        for (int i = 0; i < 256; i++) {
            content[17 + i] = i;
        }
        out.marker(0xc4, content);
    }

    private void blocks(int[] samples) {
        int[] lastDc = new int[components];
        int done = 0;
        for (int y = 0; y < rows; y += 8) {
            for (int x = 0; x < columns; x += 8, done++) {
                if (restartInterval > 0 && done > 0 && done % restartInterval == 0) {
                    out.align();
                    out.marker(0xd0 | ((done / restartInterval - 1) & 7));
                    lastDc = new int[components];
                }
                for (int k = 0; k < components; k++) {
                    lastDc[k] = block(samples, y, x, k, lastDc[k]);
                }
            }
        }
    }

    private int block(int[] samples, int y, int x, int k, int lastDc) {
        int[] coefficients = new int[64];
        for (int v = 0; v < 8; v++) {
            for (int u = 0; u < 8; u++) {
                double sum = 0;
                for (int j = 0; j < 8; j++) {
                    for (int i = 0; i < 8; i++) {
                        int row = Math.min(rows - 1, y + j);
                        int column = Math.min(columns - 1, x + i);
                        sum += (samples[(row * columns + column) * components + k] - 2048)
                                * Math.cos((2 * i + 1) * u * Math.PI / 16)
                                * Math.cos((2 * j + 1) * v * Math.PI / 16);
                    }
                }
                double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1) / 4;
                coefficients[8 * v + u] = (int) Math.round(scale * sum);
            }
        }
        value(coefficients[0] - lastDc, 0);
        int zeros = 0;
        for (int i = 1; i < 64; i++) {
            int coefficient = coefficients[zigzag(i)];
            if (coefficient == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                code(0xf0);
            }
            value(coefficient, zeros);
            zeros = 0;
        }
        if (zeros > 0) {
            code(0);
        }
        return coefficients[0];
    }

    /** Walks the diagonals to and fro. */
    private static int zigzag(int index) {
        int row = 0;
        int column = 0;
        for (int i = 0; i < index; i++) {
            boolean up = (row + column) % 2 == 0;
            if ((up && column == 7) || (!up && row < 7 && column == 0)) {
                row++;
            } else if ((up && row == 0) || (!up && row == 7)) {
                column++;
            } else {
                row += up ? -1 : 1;
                column += up ? 1 : -1;
            }
        }
        return 8 * row + column;
    }

    private void value(int value, int zeros) {
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        code(zeros << 4 | size);
        out.bits(value < 0 ? value - 1 : value, size);
    }

    private void code(int value) {
        if (value < SHORTER) {
            out.bits(value, 8);
        } else {
            out.bits(2 * SHORTER + value - SHORTER, 9);
        }
    }
}
