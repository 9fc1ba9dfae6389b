package org.lesionstream.trainer.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The engine bridge's number for bilinear resizing. Releases of the bridge count differently (2 in 0.25, 1 in 0.32, where 2 is bicubic), and a wrong number
 * resizes without complaint; so the number is found once, by resizing a parabola and looking at the result.
 */
final class BilinearMode {
    private static final int[] CANDIDATES = {1, 2};
    private static final float[] PARABOLA = {0, 1, 4, 9};
    private static final float[] BETWEEN = {0, 0.5f, 1, 2.5f, 4, 6.5f, 9}; // on the chords, not on the curve
    private static final float TOLERANCE = 1e-5f;

    private static final int NUMBER = find();

    private BilinearMode() {}

    /** Resizing with aligned corners, {@code [N, C, H, W] -> [N, C, height, width]}. */
    static PtNDArray resize(PtNDArray x, long height, long width) {
        return JniUtils.interpolate(x, new long[] {height, width}, NUMBER, true);
    }

    private static int find() {
        for (int candidate : CANDIDATES) {
            if (isBilinear(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("this release of the engine offers bilinear resizing under no known number");
    }

    @SuppressWarnings("UnusedException") // a number that the engine refuses is an answer, too
    private static boolean isBilinear(int candidate) {
        try (NDManager manager = NDManager.newBaseManager()) {
            PtNDArray row = (PtNDArray) manager.create(PARABOLA, new Shape(1, 1, 1, PARABOLA.length));
            float[] resized = JniUtils.interpolate(row, new long[] {1, BETWEEN.length}, candidate, true)
                    .toFloatArray();
            for (int i = 0; i < BETWEEN.length; i++) {
                if (!(Math.abs(resized[i] - BETWEEN[i]) <= TOLERANCE)) {
                    return false;
                }
            }
            return true;
        } catch (EngineException refused) {
            return false;
        }
    }
}
