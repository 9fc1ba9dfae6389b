package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) where the decay is decoupled from the gradient:
 *
 * <pre>
 *   w = (1 - rate decay) w                    decoupled only
 *   g = gradient + decay w                    otherwise
 *   m = beta1 m + (1 - beta1) g
 *   v = beta2 v + (1 - beta2) g^2
 *   w = w - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * @param beta1 share of the mean that is kept
 * @param beta2 share of the mean square that is kept
 * @param epsilon keeps the quotient in bounds
 * @param weightDecay {@code decay}
 * @param decoupled whether it is AdamW
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
        implements OptimizerRule {

    static final String NAME = "adam";
    static final String DECOUPLED_NAME = "adamw";
    private static final String BETA1 = "beta1";
    private static final String BETA2 = "beta2";
    private static final String EPSILON = "epsilon";
    private static final String DECAY = "weight-decay";
    private static final double DECAY_OF_ADAMW = 0.01;

    public Adam {
        OptimizerRule.requireShare(BETA1, beta1);
        OptimizerRule.requireShare(BETA2, beta2);
        OptimizerRule.requireNotNegative(EPSILON, epsilon);
        OptimizerRule.requireNotNegative(DECAY, weightDecay);
    }

    static Adam of(Term term, boolean decoupled) {
        term.allowOnly(BETA1, BETA2, EPSILON, DECAY);
        return new Adam(
                term.number(BETA1, 0.9),
                term.number(BETA2, 0.999),
                term.number(EPSILON, 1e-8),
                term.number(DECAY, decoupled ? DECAY_OF_ADAMW : 0),
                decoupled);
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "mean-square");
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, double rate, int step) {
        if (decoupled && weightDecay > 0) {
            weight.muli((float) (1 - rate * weightDecay));
        }
        NDArray g = decoupled ? gradient : OptimizerRule.decayed(gradient, weight, weightDecay);
        NDArray mean = slots.get(0);
        NDArray meanSquare = slots.get(1);
        mean.muli((float) beta1).addi(g.mul((float) (1 - beta1)));
        meanSquare.muli((float) beta2).addi(g.square().muli((float) (1 - beta2)));
        double stepSize = rate / (1 - Math.pow(beta1, step));
        NDArray root = meanSquare
                .sqrt()
                .muli((float) (1 / Math.sqrt(1 - Math.pow(beta2, step))))
                .addi((float) epsilon);
        weight.subi(mean.div(root).muli((float) stepSize));
    }

    /** The text form with every option. */
    @Override
    public String toString() {
        return new Term(
                        decoupled ? DECOUPLED_NAME : NAME,
                        Map.of(
                                BETA1, Term.text(beta1),
                                BETA2, Term.text(beta2),
                                EPSILON, Term.text(epsilon),
                                DECAY, Term.text(weightDecay)))
                .toString();
    }
}
