package org.lesionstream.worker.decode.dicom.codec;

import java.util.List;

/**
 * Decodes the samples of one JPEG-LS scan (T.87, annex A): component by component, line by line in turn, or sample by sample in turn.
 *
 * <p>Lines hold sample {@code i} at {@code i + 1}; before and behind stand the neighbours that border samples are given. Confined to one thread.
 */
final class JpegLsScan {

    private static final int ONE = 0; // 1 is line by line
    private static final int BY_SAMPLE = 2;

    /** Bits of the length of a run, by how often runs went on (T.87, A.7.1). */
    private static final int[] RUN_BITS = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final JpegLsBits bits;
    private final JpegLsContexts contexts;
    private final FrameLayout layout;
    private final byte[] classes;
    private final int maxValue;
    private final int near;

    JpegLsScan(JpegLsParameters parameters, JpegLsBits bits, FrameLayout layout) {
        this.bits = bits;
        this.contexts = new JpegLsContexts(parameters, bits);
        this.layout = layout;
        this.classes = parameters.gradientClasses();
        this.maxValue = parameters.maxValue();
        this.near = parameters.near();
    }

    void decode(JpegScan scan, Planes planes) {
        List<JpegScan.Component> components = scan.components();
        int mode = scan.second();
        if (mode > BY_SAMPLE || (mode == ONE && components.size() != 1)) {
            throw Refusal.damaged("JPEG-LS with interleave mode " + mode + " for " + components.size() + " components");
        }
        int width = layout.columns();
        Line[] lines = new Line[components.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(width);
        }
        for (int row = 0; row < layout.rows(); row++) {
            for (Line line : lines) {
                line.begin(width);
            }
            if (mode == BY_SAMPLE && lines.length > 1) {
                samplesInTurn(lines, width);
            } else {
                for (Line line : lines) {
                    line(line, width);
                }
            }
            for (int i = 0; i < lines.length; i++) {
                planes.row(components.get(i).index(), row, lines[i].current, 1, 0);
            }
        }
    }

    private void line(Line line, int width) {
        int[] above = line.above;
        int[] current = line.current;
        byte[] gradients = classes;
        int offset = maxValue;
        int i = 1;
        while (i <= width) {
            int a = current[i - 1];
            int b = above[i];
            int c = above[i - 1];
            int d = above[i + 1];
            int context = (gradients[d - b + offset] * 9 + gradients[b - c + offset]) * 9 + gradients[c - a + offset];
            if (context != 0) {
                current[i++] = contexts.regular(context, prediction(a, b, c));
            } else {
                int run = run(line, width + 1 - i);
                for (int end = i + run; i < end; i++) {
                    current[i] = a;
                }
                if (i <= width) {
                    current[i] = interruption(line, a, above[i]);
                    i++;
                }
            }
        }
    }

    private void samplesInTurn(Line[] lines, int width) {
        int i = 1;
        int[] context = new int[lines.length];
        while (i <= width) {
            int any = 0;
            for (int k = 0; k < lines.length; k++) {
                context[k] = context(lines[k], i);
                any |= context[k];
            }
            if (any != 0) {
                for (int k = 0; k < lines.length; k++) {
                    Line line = lines[k];
                    int prediction = prediction(line.current[i - 1], line.above[i], line.above[i - 1]);
                    line.current[i] = contexts.regular(context[k], prediction);
                }
                i++;
                continue;
            }
            int end = i + run(lines[0], width + 1 - i);
            for (; i < end; i++) {
                for (Line line : lines) {
                    line.current[i] = line.current[i - 1];
                }
            }
            if (i <= width) {
                int runBits = RUN_BITS[lines[0].runs];
                for (Line line : lines) {
                    int a = line.current[i - 1];
                    line.current[i] = contexts.interruptedApart(a, line.above[i], runBits);
                }
                lines[0].runs = Math.max(0, lines[0].runs - 1);
                i++;
            }
        }
    }

    private int context(Line line, int i) {
        int b = line.above[i];
        int c = line.above[i - 1];
        return (classes[line.above[i + 1] - b + maxValue] * 9 + classes[b - c + maxValue]) * 9
                + classes[c - line.current[i - 1] + maxValue];
    }

    /** The median edge detector (T.87, A.4.1). */
    private static int prediction(int a, int b, int c) {
        if (c >= Math.max(a, b)) {
            return Math.min(a, b);
        }
        return c <= Math.min(a, b) ? Math.max(a, b) : a + b - c;
    }

    /** How many samples repeat the one before, at most {@code left}; fewer means that the run is interrupted. */
    private int run(Line line, int left) {
        int length = 0;
        while (bits.readBit()) {
            int step = 1 << RUN_BITS[line.runs];
            if (step <= left - length) {
                line.runs = Math.min(line.runs + 1, RUN_BITS.length - 1);
            }
            length = Math.min(left, length + step);
            if (length == left) {
                return length;
            }
        }
        length += bits.read(RUN_BITS[line.runs]);
        if (length >= left) {
            throw Refusal.damaged("a JPEG-LS run beyond its line");
        }
        return length;
    }

    private int interruption(Line line, int a, int b) {
        int runBits = RUN_BITS[line.runs];
        line.runs = Math.max(0, line.runs - 1);
        return Math.abs(a - b) <= near
                ? contexts.interruptedAlike(a, runBits)
                : contexts.interruptedApart(a, b, runBits);
    }

    private static final class Line {
        private int[] above;
        private int[] current;
        private int runs;

        Line(int width) {
            this.above = new int[width + 2];
            this.current = new int[width + 2];
        }

        void begin(int width) {
            int[] done = current;
            current = above;
            above = done;
            above[width + 1] = above[width];
            current[0] = above[1];
        }
    }
}
