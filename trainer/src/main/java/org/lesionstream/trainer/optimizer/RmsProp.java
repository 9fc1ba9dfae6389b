package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * RMSprop (Hinton, lecture 6e, 2012):
 *
 * <pre>
 *   g = gradient + decay w
 *   v = alpha v + (1 - alpha) g^2
 *   b = momentum b + g / (sqrt(v) + epsilon)
 *   w = w - rate b
 * </pre>
 *
 * @param alpha share of the mean square that is kept
 * @param epsilon keeps the quotient in bounds
 * @param momentum share of the direction that is kept, 0 for none
 * @param weightDecay {@code decay}
 */
public record RmsProp(double alpha, double epsilon, double momentum, double weightDecay) implements OptimizerRule {

    static final String NAME = "rmsprop";
    private static final String ALPHA = "alpha";
    private static final String EPSILON = "epsilon";
    private static final String MOMENTUM = "momentum";
    private static final String DECAY = "weight-decay";

    public RmsProp {
        OptimizerRule.requireShare(ALPHA, alpha);
        OptimizerRule.requireNotNegative(EPSILON, epsilon);
        OptimizerRule.requireShare(MOMENTUM, momentum);
        OptimizerRule.requireNotNegative(DECAY, weightDecay);
    }

    static RmsProp of(Term term) {
        term.allowOnly(ALPHA, EPSILON, MOMENTUM, DECAY);
        return new RmsProp(
                term.number(ALPHA, 0.99), term.number(EPSILON, 1e-8), term.number(MOMENTUM, 0), term.number(DECAY, 0));
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of("mean-square") : List.of("mean-square", MOMENTUM);
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, double rate, int step) {
        NDArray g = OptimizerRule.decayed(gradient, weight, weightDecay);
        NDArray meanSquare = slots.get(0);
        meanSquare.muli((float) alpha).addi(g.square().muli((float) (1 - alpha)));
        NDArray direction = g.div(meanSquare.sqrt().addi((float) epsilon));
        if (momentum > 0) {
            direction = slots.get(1).muli((float) momentum).addi(direction);
        }
        weight.subi(direction.mul((float) rate));
    }

    /** The text form with every option. */
    @Override
    public String toString() {
        return new Term(
                        NAME,
                        Map.of(
                                ALPHA, Term.text(alpha),
                                EPSILON, Term.text(epsilon),
                                MOMENTUM, Term.text(momentum),
                                DECAY, Term.text(weightDecay)))
                .toString();
    }
}
