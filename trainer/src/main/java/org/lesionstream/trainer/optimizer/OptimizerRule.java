package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.lesionstream.trainer.term.Term;

/**
 * How one parameter follows its gradient, as PyTorch defines the rules of these names.
 *
 * <p>A rule has no state of its own; what it remembers of a parameter are its slots, arrays of the parameter's shape that begin as zeros.
 */
public sealed interface OptimizerRule permits Sgd, Adam, RmsProp {

    /** Names of the rules, for help texts. */
    String NAMES = "sgd, adam, adamw, rmsprop";

    /**
     * Reads the text form, such as {@code sgd:momentum=0.99,nesterov=true}.
     *
     * @throws IllegalArgumentException when there is no such rule, or an option is unknown or out of range
     */
    static OptimizerRule parse(String text) {
        Term term = Term.parse(text);
        return switch (term.name()) {
            case Sgd.NAME -> Sgd.of(term);
            case Adam.NAME -> Adam.of(term, false);
            case Adam.DECOUPLED_NAME -> Adam.of(term, true);
            case RmsProp.NAME -> RmsProp.of(term);
            default ->
                throw new IllegalArgumentException(
                        "there is no optimizer \"%s\", there are %s".formatted(term.name(), NAMES));
        };
    }

    /** Names of the slots of every parameter. */
    List<String> slots();

    /**
     * Moves a parameter, in place.
     *
     * @param weight the parameter
     * @param gradient of the loss with respect to it; left as it is
     * @param slots in the order of {@link #slots}, changed in place
     * @param rate learning rate of this step
     * @param step number of this step, counted from 1
     */
    void update(NDArray weight, NDArray gradient, List<NDArray> slots, double rate, int step);

    /** The gradient with the decay of the weights in it: {@code g + decay w}. */
    static NDArray decayed(NDArray gradient, NDArray weight, double decay) {
        return decay == 0 ? gradient : gradient.add(weight.mul((float) decay));
    }

    /** Refuses a share that is negative, or 1 and more. */
    static void requireShare(String what, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(what + " must lie in [0, 1), was " + share);
        }
    }

    /** Refuses a number that is negative or not finite. */
    static void requireNotNegative(String what, double number) {
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(what + " must not be negative, was " + number);
        }
    }
}
