package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Where the numbers of a filter lie in memory. Its shape and what it says do not change.
 *
 * <p>The engine keeps the layout through copies into the array, updates in place and gradients, which take the layout of their parameter.
 */
final class FilterLayout {
    private static final int FILTER_AXES = 4;

    private FilterLayout() {}

    /**
     * Puts the channels of a filter {@code [O, I, kh, kw]} beside each other in memory; does nothing to other arrays. The array asks for gradients as before; those
     * that it has are lost.
     */
    static void channelsLast(NDArray filter) {
        if (filter.getShape().dimension() != FILTER_AXES) {
            return;
        }
        // The array remembers that it asks for gradients, yet its new inside does not know.
        boolean learns = filter.hasGradient();
        try (NDManager scope = filter.getManager().newSubManager()) {
            NDArray rows = filter.transpose(0, 2, 3, 1); // [O, kh, kw, I]
            // In memory of the engine: an array made from Java's numbers borrows theirs, and a view of it would not
            // keep them alive.
            NDArray laidOut = scope.zeros(rows.getShape());
            laidOut.addi(rows);
            filter.intern(laidOut.transpose(0, 3, 1, 2));
            rows.close();
        }
        filter.setRequiresGradient(learns);
    }
}
