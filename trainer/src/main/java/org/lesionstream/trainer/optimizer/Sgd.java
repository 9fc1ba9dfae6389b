package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * Stochastic gradient descent with momentum:
 *
 * <pre>
 *   g = gradient + decay w
 *   b = g at the first step, then momentum b + (1 - dampening) g
 *   w = w - rate (g + momentum b with Nesterov's momentum, else b)
 * </pre>
 *
 * @param momentum share of the direction that is kept, 0 for none
 * @param dampening share of a gradient that does not enter the direction
 * @param nesterov whether the step looks ahead (Nesterov 1983, in the form of Sutskever et al. 2013)
 * @param weightDecay {@code decay}
 */
public record Sgd(double momentum, double dampening, boolean nesterov, double weightDecay) implements OptimizerRule {

    static final String NAME = "sgd";
    private static final String MOMENTUM = "momentum";
    private static final String DAMPENING = "dampening";
    private static final String NESTEROV = "nesterov";
    private static final String DECAY = "weight-decay";

    public Sgd {
        OptimizerRule.requireShare(MOMENTUM, momentum);
        OptimizerRule.requireShare(DAMPENING, dampening);
        OptimizerRule.requireNotNegative(DECAY, weightDecay);
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException(
                    "nesterov needs momentum and no dampening, had %s and %s".formatted(momentum, dampening));
        }
    }

    static Sgd of(Term term) {
        term.allowOnly(MOMENTUM, DAMPENING, NESTEROV, DECAY);
        return new Sgd(
                term.number(MOMENTUM, 0), term.number(DAMPENING, 0), term.flag(NESTEROV, false), term.number(DECAY, 0));
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of(MOMENTUM);
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, double rate, int step) {
        NDArray direction = OptimizerRule.decayed(gradient, weight, weightDecay);
        if (momentum > 0) {
            NDArray kept = slots.get(0);
            kept.muli((float) momentum)
                    .addi(step == 1 || dampening == 0 ? direction : direction.mul((float) (1 - dampening)));
            direction = nesterov ? direction.add(kept.mul((float) momentum)) : kept;
        }
        weight.subi(direction.mul((float) rate));
    }

    /** The text form with every option. */
    @Override
    public String toString() {
        return new Term(
                        NAME,
                        Map.of(
                                MOMENTUM, Term.text(momentum),
                                DAMPENING, Term.text(dampening),
                                NESTEROV, String.valueOf(nesterov),
                                DECAY, Term.text(weightDecay)))
                .toString();
    }
}
