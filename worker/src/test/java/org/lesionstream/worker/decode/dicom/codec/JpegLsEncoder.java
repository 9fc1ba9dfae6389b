package org.lesionstream.worker.decode.dicom.codec;

import java.util.Arrays;

/**
 * Writes JPEG-LS for tests, by the steps of T.87, annex A, one after the other.
 *
 * @param mode 0 for a scan per component, 1 line by line, 2 sample by sample
 * @param preset MAXVAL, T1, T2, T3, RESET to announce; empty for defaults
 */
@SuppressWarnings("ArrayRecordComponent")
public record JpegLsEncoder(int rows, int columns, int components, int precision, int near, int mode, int[] preset) {

    private static final int[] RUN_BITS = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    public static JpegLsEncoder of(int rows, int columns, int components, int precision, int near, int mode) {
        return new JpegLsEncoder(rows, columns, components, precision, near, mode, new int[0]);
    }

    /**
     * Codes a frame.
     *
     * @param samples changed to what a decoder gets: the same for lossless, at most {@code near} off otherwise
     */
    public byte[] encode(int[] samples) {
        BitWriter out = new BitWriter(true);
        out.marker(0xd8);
        out.frame(0xf7, precision, rows, columns, components);
        if (preset.length > 0) {
            int[] content = new int[11];
            content[0] = 1;
            for (int i = 0; i < 5; i++) {
                content[1 + 2 * i] = preset[i] >> 8;
                content[2 + 2 * i] = preset[i] & 0xff;
            }
            out.marker(0xf8, content);
        }
        if (mode == 0) {
            for (int k = 0; k < components; k++) {
                scan(out, samples, k, k + 1);
            }
        } else {
            scan(out, samples, 0, components);
        }
        out.marker(0xd9);
        return out.bytes();
    }

    private void scan(BitWriter out, int[] samples, int from, int to) {
        int[] header = new int[1 + 2 * (to - from) + 3];
        header[0] = to - from;
        for (int k = from; k < to; k++) {
            header[1 + 2 * (k - from)] = k + 1;
        }
        header[header.length - 3] = near;
        header[header.length - 2] = mode;
        out.marker(0xda, header);
        Scan scan = new Scan(out, samples, JpegLsParameters.of(precision, near, preset));
        for (int row = 0; row < rows; row++) {
            if (mode == 2) {
                scan.line(row, from, to);
            } else {
                for (int k = from; k < to; k++) {
                    scan.line(row, k, k + 1);
                }
            }
        }
        out.align();
    }

    private final class Scan {
        private final BitWriter out;
        private final int[] samples;
        private final JpegLsParameters p;
        private final int[] a = new int[367];
        private final int[] b = new int[365];
        private final int[] c = new int[365];
        private final int[] n = new int[367];
        private final int[] negative = new int[367];
        private final int[] runs = new int[components];

        Scan(BitWriter out, int[] samples, JpegLsParameters p) {
            this.out = out;
            this.samples = samples;
            this.p = p;
            Arrays.fill(a, p.firstSum());
            Arrays.fill(n, 1);
        }

        void line(int row, int from, int to) {
            int column = 0;
            while (column < columns) {
                boolean even = true;
                for (int k = from; k < to; k++) {
                    even &= context(row, column, k) == 0;
                }
                if (!even) {
                    for (int k = from; k < to; k++) {
                        regular(row, column, k);
                    }
                    column++;
                } else {
                    column = run(row, column, from, to);
                }
            }
        }

        private int run(int row, int begin, int from, int to) {
            int column = begin;
            while (column < columns && repeats(row, column, from, to)) {
                for (int k = from; k < to; k++) {
                    samples[index(row, column, k)] = left(row, column, k);
                }
                column++;
            }
            int length = column - begin;
            while (length >= 1 << RUN_BITS[runs[from]]) {
                out.bits(1, 1);
                length -= 1 << RUN_BITS[runs[from]];
                runs[from] = Math.min(31, runs[from] + 1);
            }
            if (column == columns) {
                if (length > 0) {
                    out.bits(1, 1);
                }
                return column;
            }
            int runBits = RUN_BITS[runs[from]];
            out.bits(0, 1);
            out.bits(length, runBits);
            for (int k = from; k < to; k++) {
                interruption(row, column, k, runBits, to - from > 1);
            }
            runs[from] = Math.max(0, runs[from] - 1);
            return column + 1;
        }

        private boolean repeats(int row, int column, int from, int to) {
            for (int k = from; k < to; k++) {
                if (Math.abs(samples[index(row, column, k)] - left(row, column, k)) > near) {
                    return false;
                }
            }
            return true;
        }

        private void interruption(int row, int column, int k, int runBits, boolean shared) {
            int ra = left(row, column, k);
            int rb = above(row, column, k);
            int kind = !shared && Math.abs(ra - rb) <= near ? 1 : 0;
            int sign = kind == 0 && ra > rb ? -1 : 1;
            int predicted = kind == 1 ? ra : rb;
            int error = coded(row, column, k, predicted, sign);
            int q = 365 + kind;
            int sum = kind == 0 ? a[q] : a[q] + (n[q] >> 1);
            int golomb = parameter(n[q], sum);
            boolean map = (golomb == 0 && error > 0 && 2 * negative[q] < n[q])
                    || (error < 0 && 2 * negative[q] >= n[q])
                    || (error < 0 && golomb != 0);
            int mapped = 2 * Math.abs(error) - kind - (map ? 1 : 0);
            golomb(golomb, mapped, p.longestCode() - runBits - 1);
            if (error < 0) {
                negative[q]++;
            }
            a[q] += (mapped + 1 - kind) >> 1;
            if (n[q] == p.reset()) {
                a[q] >>= 1;
                n[q] >>= 1;
                negative[q] >>= 1;
            }
            n[q]++;
        }

        private void regular(int row, int column, int k) {
            int context = context(row, column, k);
            int sign = context < 0 ? -1 : 1;
            int q = Math.abs(context);
            int ra = left(row, column, k);
            int rb = above(row, column, k);
            int rc = corner(row, column, k);
            int predicted;
            if (rc >= Math.max(ra, rb)) {
                predicted = Math.min(ra, rb);
            } else if (rc <= Math.min(ra, rb)) {
                predicted = Math.max(ra, rb);
            } else {
                predicted = ra + rb - rc;
            }
            predicted = Math.max(0, Math.min(p.maxValue(), predicted + sign * c[q]));
            int golomb = parameter(n[q], a[q]);
            int error = coded(row, column, k, predicted, sign);
            int mapped;
            if (golomb == 0 && near == 0 && 2 * b[q] <= -n[q]) {
                mapped = error >= 0 ? 2 * error + 1 : -2 * (error + 1);
            } else {
                mapped = error >= 0 ? 2 * error : -2 * error - 1;
            }
            golomb(golomb, mapped, p.longestCode());
            b[q] += error * (2 * near + 1);
            a[q] += Math.abs(error);
            if (n[q] == p.reset()) {
                a[q] >>= 1;
                b[q] = b[q] >= 0 ? b[q] >> 1 : -((1 - b[q]) >> 1);
                n[q] >>= 1;
            }
            n[q]++;
            if (b[q] <= -n[q]) {
                b[q] += n[q];
                c[q] = Math.max(-128, c[q] - 1);
                b[q] = b[q] <= -n[q] ? 1 - n[q] : b[q];
            } else if (b[q] > 0) {
                b[q] -= n[q];
                c[q] = Math.min(127, c[q] + 1);
                b[q] = Math.min(0, b[q]);
            }
        }

        /** The error to write, modulo its range; the sample becomes what a decoder makes of it. */
        private int coded(int row, int column, int k, int predicted, int sign) {
            int at = index(row, column, k);
            int error = sign * (samples[at] - predicted);
            int step = 2 * near + 1;
            error = error > 0 ? (error + near) / step : -((near - error) / step);
            samples[at] = Math.max(0, Math.min(p.maxValue(), predicted + sign * error * step));
            if (error < 0) {
                error += p.range();
            }
            return error >= (p.range() + 1) / 2 ? error - p.range() : error;
        }

        private int parameter(int samplesSeen, int sum) {
            int k = 0;
            while (samplesSeen << k < sum) {
                k++;
            }
            return k;
        }

        private void golomb(int k, int value, int longest) {
            int most = longest - p.errorBits() - 1;
            if (value >> k < most) {
                out.bits(0, value >> k);
                out.bits(1, 1);
                out.bits(value, k);
            } else {
                out.bits(0, most);
                out.bits(1, 1);
                out.bits(value - 1, p.errorBits());
            }
        }

        private int context(int row, int column, int k) {
            int rb = above(row, column, k);
            int rc = corner(row, column, k);
            int rd = column + 1 < columns ? above(row, column + 1, k) : rb;
            return 81 * gradient(rd - rb) + 9 * gradient(rb - rc) + gradient(rc - left(row, column, k));
        }

        private int gradient(int g) {
            int size = Math.abs(g);
            int number = size <= near ? 0 : size < p.t1() ? 1 : size < p.t2() ? 2 : size < p.t3() ? 3 : 4;
            return g < 0 ? -number : number;
        }

        private int left(int row, int column, int k) {
            return column > 0 ? samples[index(row, column - 1, k)] : above(row, 0, k);
        }

        private int above(int row, int column, int k) {
            return row > 0 ? samples[index(row - 1, column, k)] : 0;
        }

        private int corner(int row, int column, int k) {
            return column > 0 ? above(row, column - 1, k) : row > 1 ? samples[index(row - 2, 0, k)] : 0;
        }
    }

    private int index(int row, int column, int k) {
        return (row * columns + column) * components + k;
    }
}
