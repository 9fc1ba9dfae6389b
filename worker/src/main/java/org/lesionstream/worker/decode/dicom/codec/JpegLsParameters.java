package org.lesionstream.worker.decode.dicom.codec;

/**
 * The numbers that a JPEG-LS scan is coded by (T.87, C.2.4.1.1 and A.2.1).
 *
 * @param maxValue largest sample
 * @param near largest error of a sample; 0 for lossless
 * @param t1 first threshold of gradients
 * @param t2 second
 * @param t3 third
 * @param reset after how many samples the statistics of a context are halved
 */
record JpegLsParameters(int maxValue, int near, int t1, int t2, int t3, int reset) {

    /** @param preset MAXVAL, T1, T2, T3, RESET as the stream has them, 0 for defaults; empty for all defaults */
    static JpegLsParameters of(int precision, int near, int[] preset) {
        int maxValue = or(preset, 0, (1 << precision) - 1);
        if (maxValue >= 1 << precision || maxValue < 1 || near > Math.min(255, maxValue / 2)) {
            throw Refusal.damaged("JPEG-LS with samples up to " + maxValue + " and an error up to " + near);
        }
        int t1;
        int t2;
        int t3;
        if (maxValue >= 128) {
            int factor = (Math.min(maxValue, 4095) + 128) / 256;
            t1 = clamp(factor + 2 + 3 * near, near + 1, maxValue);
            t2 = clamp(4 * factor + 3 + 5 * near, t1, maxValue);
            t3 = clamp(17 * factor + 4 + 7 * near, t2, maxValue);
        } else {
            int factor = 256 / (maxValue + 1);
            t1 = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, maxValue);
            t2 = clamp(Math.max(3, 7 / factor + 5 * near), t1, maxValue);
            t3 = clamp(Math.max(4, 21 / factor + 7 * near), t2, maxValue);
        }
        t1 = or(preset, 1, t1);
        t2 = or(preset, 2, t2);
        t3 = or(preset, 3, t3);
        int reset = or(preset, 4, 64);
        if (t1 <= near || t2 < t1 || t3 < t2 || t3 > maxValue || reset < 3) {
            throw Refusal.damaged("JPEG-LS with thresholds " + t1 + ", " + t2 + ", " + t3 + " and reset " + reset);
        }
        return new JpegLsParameters(maxValue, near, t1, t2, t3, reset);
    }

    /** How many values a coded error has. */
    int range() {
        return (maxValue + 2 * near) / (2 * near + 1) + 1;
    }

    /** Bits of a coded error. */
    int errorBits() {
        return 32 - Integer.numberOfLeadingZeros(range() - 1);
    }

    /** Bits of the longest code. */
    int longestCode() {
        int bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(maxValue));
        return 2 * (bits + Math.max(8, bits));
    }

    /** What the sums of error magnitudes begin with. */
    int firstSum() {
        return Math.max(2, (range() + 32) / 64);
    }

    /** The class of each gradient, -4 to 4, that of gradient g at {@code g + maxValue}. */
    byte[] gradientClasses() {
        byte[] classes = new byte[2 * maxValue + 1];
        for (int g = -maxValue; g <= maxValue; g++) {
            int size = Math.abs(g);
            int number = size >= t3 ? 4 : size >= t2 ? 3 : size >= t1 ? 2 : size > near ? 1 : 0;
            classes[g + maxValue] = (byte) (g < 0 ? -number : number);
        }
        return classes;
    }

    private static int clamp(int value, int lowest, int highest) {
        return value > highest || value < lowest ? lowest : value;
    }

    private static int or(int[] preset, int index, int otherwise) {
        return preset.length == 0 || preset[index] == 0 ? otherwise : preset[index];
    }
}
