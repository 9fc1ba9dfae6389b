package org.lesionstream.worker.decode.dicom.codec;

/**
 * Writes lossless JPEG for tests.
 *
 * @param predictor 1 to 7
 * @param shift the point transform: so many lower bits are dropped
 * @param rowsBetweenRestarts 0 for none
 * @param interleaved whether the components share a scan
 * @param longCodes whether the Huffman codes are as long as can be
 */
public record LosslessJpegEncoder(
        int rows,
        int columns,
        int components,
        int precision,
        int predictor,
        int shift,
        int rowsBetweenRestarts,
        boolean interleaved,
        boolean longCodes) {

    public static LosslessJpegEncoder of(int rows, int columns, int components, int precision, int predictor) {
        return new LosslessJpegEncoder(rows, columns, components, precision, predictor, 0, 0, true, false);
    }

    public byte[] encode(int[] samples) {
        BitWriter out = new BitWriter(false);
        out.marker(0xd8);
        out.marker(0xe0, 'X', 0, 1); // an application segment, which says nothing
        out.frame(0xc3, precision, rows, columns, components);
        table(out);
        if (rowsBetweenRestarts > 0) {
            int interval = rowsBetweenRestarts * columns;
            out.marker(0xdd, interval >> 8, interval & 0xff);
        }
        if (interleaved) {
            scan(out, samples, 0, components);
        } else {
            for (int k = 0; k < components; k++) {
                scan(out, samples, k, k + 1);
            }
        }
        out.marker(0xd9);
        return out.bytes();
    }

    /** 17 sizes of differences: codes of five bits each, or of one to sixteen. */
    private void table(BitWriter out) {
        int[] content = new int[17 + 17];
        for (int i = 0; i < 17; i++) {
            content[17 + i] = i;
        }
        if (longCodes) {
            for (int length = 1; length <= 16; length++) {
                content[length] = length < 16 ? 1 : 2;
            }
        } else {
            content[5] = 17;
        }
        out.marker(0xc4, content);
    }

    private void scan(BitWriter out, int[] samples, int from, int to) {
        int[] header = new int[1 + 2 * (to - from) + 3];
        header[0] = to - from;
        for (int k = from; k < to; k++) {
            header[1 + 2 * (k - from)] = k + 1;
        }
        header[header.length - 3] = predictor;
        header[header.length - 1] = shift;
        out.marker(0xda, header);
        for (int row = 0; row < rows; row++) {
            boolean first = rowsBetweenRestarts == 0 ? row == 0 : row % rowsBetweenRestarts == 0;
            if (first && row > 0) {
                out.align();
                out.marker(0xd0 | ((row / rowsBetweenRestarts - 1) & 7));
            }
            for (int column = 0; column < columns; column++) {
                for (int k = from; k < to; k++) {
                    int value = at(samples, row, column, k);
                    difference(out, (short) (value - prediction(samples, row, column, k, first)));
                }
            }
        }
        out.align();
    }

    private int prediction(int[] samples, int row, int column, int k, boolean first) {
        if (column == 0) {
            return first ? 1 << (precision - shift - 1) : at(samples, row - 1, 0, k);
        }
        int left = at(samples, row, column - 1, k);
        if (first) {
            return left;
        }
        int above = at(samples, row - 1, column, k);
        int corner = at(samples, row - 1, column - 1, k);
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + ((above - corner) >> 1);
            case 6 -> above + ((left - corner) >> 1);
            default -> (left + above) >> 1;
        };
    }

    private int at(int[] samples, int row, int column, int k) {
        return samples[(row * columns + column) * components + k] >> shift;
    }

    /** A difference modulo 65536: its size, then its lowest bits. */
    private void difference(BitWriter out, int difference) {
        int size = difference == -32768 ? 16 : 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        if (!longCodes) {
            out.bits(size, 5);
        } else {
            out.bits((1 << size) - 1, size); // ones, closed by a zero; the longest of all has none
            if (size < 16) {
                out.bits(0, 1);
            }
        }
        if (size > 0 && size < 16) {
            out.bits(difference < 0 ? difference - 1 : difference, size);
        }
    }
}
