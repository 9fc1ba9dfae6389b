package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.util.List;

/** Weights that do not belong to the network they were meant for. */
public final class WeightsMismatchException extends IOException {
    private final List<String> problems;

    /** @param problems one line for each name that is missing, unexpected or of another shape */
    WeightsMismatchException(List<String> problems) {
        super(problems.size() + " of the names do not fit the network: " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each name that is missing, unexpected or of another shape; all of them. */
    public List<String> problems() {
        return problems;
    }
}
