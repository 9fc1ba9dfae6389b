package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * What happens to the maps of an encoder on their way to the decoder: one map in for each level that has a skip connection, finest first, and one of the same
 * height and width out.
 */
abstract class Skips extends Part {
    /** Channels of each map that comes out. */
    abstract List<Integer> widths();

    /** Maps pass as they are. */
    static final class Unchanged extends Skips {
        private final List<Integer> widths;

        Unchanged(List<Integer> widths) {
            this.widths = List.copyOf(widths);
        }

        @Override
        List<Integer> widths() {
            return widths;
        }

        @Override
        NDList compute(Pass pass, NDList maps) {
            return maps;
        }
    }
}
