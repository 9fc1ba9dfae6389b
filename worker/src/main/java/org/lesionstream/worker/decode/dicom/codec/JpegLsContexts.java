package org.lesionstream.worker.decode.dicom.codec;

import java.util.Arrays;

/**
 * What a JPEG-LS scan has learnt so far, by context, and the samples that are decoded by it (T.87, A.4 to A.7). The names of the four numbers of a
 * context are those of the standard.
 *
 * <p>Confined to one thread, for one scan.
 */
final class JpegLsContexts {

    private static final int REGULAR = 365; // of 9 * 9 * 9 combinations of gradients half are the mirrored others
    private static final int ALIKE = 1;
    private static final int LARGEST_K = 24;

    private final JpegLsBits bits;
    private final int maxValue;
    private final int near;
    private final int step; // from one coded value to the next
    private final int range;
    private final int errorBits;
    private final int longestCode;
    private final int reset;

    private final int[] a = new int[REGULAR]; // sum of error magnitudes
    private final int[] b = new int[REGULAR]; // sum of errors
    private final int[] c = new int[REGULAR]; // correction of the prediction
    private final int[] n = new int[REGULAR]; // samples

    private final int[] runA = new int[2];
    private final int[] runN = {1, 1};
    private final int[] runNegative = new int[2];

    JpegLsContexts(JpegLsParameters parameters, JpegLsBits bits) {
        this.bits = bits;
        this.maxValue = parameters.maxValue();
        this.near = parameters.near();
        this.step = 2 * near + 1;
        this.range = parameters.range();
        this.errorBits = parameters.errorBits();
        this.longestCode = parameters.longestCode();
        this.reset = parameters.reset();
        Arrays.fill(a, parameters.firstSum());
        Arrays.fill(n, 1);
        Arrays.fill(runA, parameters.firstSum());
    }

    /** @param signedContext the combination of gradients; below 0 for the mirrored one */
    int regular(int signedContext, int prediction) {
        int sign = signedContext >> 31; // 0 or -1
        int q = (signedContext ^ sign) - sign;
        int nq = n[q];
        int aq = a[q];
        int k = golombParameter(nq, aq);
        int corrected = Math.max(0, Math.min(maxValue, prediction + ((c[q] ^ sign) - sign)));
        int mapped = bits.golomb(k, longestCode, errorBits);
        int error = mapped >> 1 ^ -(mapped & 1);
        if (k == 0 && near == 0 && 2 * b[q] <= -nq) {
            error = ~error; // T.87, A.5.2: where errors below 0 prevail they get the shorter codes
        }
        check(error);
        update(q, error, aq, nq);
        return reconstruct(corrected + step * ((error ^ sign) - sign));
    }

    /** The sample that ends a run, where those beside and above it are alike. */
    int interruptedAlike(int left, int runBits) {
        int error = interruption(ALIKE, runA[ALIKE] + (runN[ALIKE] >> 1), runBits);
        return reconstruct(left + step * error);
    }

    /** The sample that ends a run, where those beside and above it differ. */
    int interruptedApart(int left, int above, int runBits) {
        int error = interruption(0, runA[0], runBits);
        return reconstruct(above + step * (left > above ? -error : error));
    }

    private int interruption(int kind, int sum, int runBits) {
        int k = golombParameter(runN[kind], sum);
        int mapped = bits.golomb(k, longestCode - runBits - 1, errorBits);
        int doubled = mapped + kind;
        int odd = doubled & 1;
        int error = (doubled + odd) >> 1;
        boolean negativeIsOdd = k != 0 || 2 * runNegative[kind] >= runN[kind];
        if (negativeIsOdd == (odd == 1)) {
            error = -error;
        }
        check(error);
        if (error < 0) {
            runNegative[kind]++;
        }
        runA[kind] += (mapped + 1 - kind) >> 1;
        if (runN[kind] == reset) {
            runA[kind] >>= 1;
            runN[kind] >>= 1;
            runNegative[kind] >>= 1;
        }
        runN[kind]++;
        return error;
    }

    /** The smallest k for which n * 2^k is not below the sum; a bound that no sound scan reaches keeps the loop from going on for ever. */
    private static int golombParameter(int n, int sum) {
        int k = 0;
        for (int shifted = n; shifted < sum && k < LARGEST_K; shifted <<= 1) {
            k++;
        }
        return k;
    }

    private void update(int q, int error, int sum, int samples) {
        int bq = b[q] + error * step;
        int aq = sum + Math.abs(error);
        int nq = samples;
        if (nq == reset) {
            aq >>= 1;
            bq >>= 1;
            nq >>= 1;
        }
        nq++;
        if (bq <= -nq) {
            bq = Math.max(bq + nq, 1 - nq);
            c[q] = Math.max(c[q] - 1, -128);
        } else if (bq > 0) {
            bq = Math.min(bq - nq, 0);
            c[q] = Math.min(c[q] + 1, 127);
        }
        a[q] = aq;
        b[q] = bq;
        n[q] = nq;
    }

    /** Back into the range of samples, which errors are taken modulo of. */
    private int reconstruct(int value) {
        int wrapped = value;
        if (value < -near) {
            wrapped += range * step;
        } else if (value > maxValue + near) {
            wrapped -= range * step;
        }
        return Math.max(0, Math.min(maxValue, wrapped));
    }

    private void check(int error) {
        if (error > range || error < -range) {
            throw Refusal.damaged("a JPEG-LS error beyond its range");
        }
    }
}
