package org.lesionstream.trainer.export;

import org.lesionstream.schemas.checkpoint.OutputSpec;

/**
 * When a file's answer for a pixel is right, given the probabilities that the network computed: its label must be the one they call for, unless they are
 * undecided, and its byte of certainty must be within one step of theirs.
 */
public record Agreement(OutputSpec output) {
    /** Probabilities closer than this to a decision may fall on either side of it. */
    private static final float UNDECIDED = 1e-3f;

    /** The probabilities that two neighbouring bytes mean lie this far apart. */
    private static final float STEP = 1 / 255f;

    /** Whether the answers at pixel {@code p} are what these probabilities, one for each map, call for. */
    public boolean holds(Answers answers, int p, float[] pixel) {
        int label = answers.labels()[p] & 0xff;
        return labelFits(label, pixel)
                && switch (output.kind()) {
                    case LABELS -> near(answers.probabilities()[0][p], probabilityOf(label, pixel));
                    case PROBABILITIES -> allNear(answers.probabilities(), p, pixel);
                };
    }

    private boolean labelFits(int label, float[] pixel) {
        float undecided =
                switch (output.kind()) {
                    case LABELS -> UNDECIDED;
                    case PROBABILITIES -> STEP; // decided on bytes, which cannot tell smaller differences
                };
        if (pixel.length > 1) {
            return largest(pixel) - pixel[label] <= undecided;
        }
        double threshold = output.threshold();
        int right = pixel[0] >= threshold ? 1 : 0;
        return label == right || Math.abs(pixel[0] - threshold) <= undecided;
    }

    private static float probabilityOf(int label, float[] pixel) {
        if (pixel.length > 1) {
            return pixel[label];
        }
        return label == 1 ? pixel[0] : 1 - pixel[0];
    }

    private static float largest(float[] pixel) {
        float largest = pixel[0];
        for (float each : pixel) {
            largest = Math.max(largest, each);
        }
        return largest;
    }

    private static boolean allNear(byte[][] bytes, int p, float[] pixel) {
        for (int map = 0; map < pixel.length; map++) {
            if (!near(bytes[map][p], pixel[map])) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(byte stored, float probability) {
        return Math.abs((stored & 0xff) - 255 * probability) <= 1;
    }
}
