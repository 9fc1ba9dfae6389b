package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * Binary cross entropy {@code e} averaged over the foreground and over the background of the batch by themselves, so that either counts the same however
 * small it is: {@code a sum(g e) / sum g + (1 - a) sum((1 - g) e) / sum(1 - g)}.
 *
 * <p>UCTransNet (Wang et al. 2022) takes it of probabilities; here it is taken of the logits, which gives the same number and stays finite. A batch without
 * foreground has 0 for that part. For {@code K = 1} alone; the weights of pixels do not matter here.
 *
 * @param foreground {@code a}, between 0 and 1, 0.5 as published
 */
public record BalancedCrossEntropyLoss(double foreground) implements SegmentationLoss {

    static final String NAME = "balanced-cross-entropy";
    static final String FOREGROUND = "foreground";

    /** Added to the counts, as published: it decides nothing but 0 / 0. */
    private static final float TINY = 1e-12f;

    public BalancedCrossEntropyLoss {
        if (!(foreground >= 0 && foreground <= 1)) {
            throw new IllegalArgumentException("foreground must lie between 0 and 1, was " + foreground);
        }
    }

    static BalancedCrossEntropyLoss of(Term term) {
        return new BalancedCrossEntropyLoss(term.number(FOREGROUND, 0.5));
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        target.requireOneMap(logits, NAME);
        NDArray inside = target.classes();
        NDArray outside = inside.neg().add(1f);
        NDArray errors = PixelCrossEntropy.ofMaps(logits, inside);
        return mean(errors, inside)
                .mul((float) foreground)
                .add(mean(errors, outside).mul((float) (1 - foreground)));
    }

    private static NDArray mean(NDArray errors, NDArray where) {
        return errors.mul(where).sum().div(where.sum().add(TINY));
    }

    @Override
    public String toString() {
        return new Term(NAME, Map.of(FOREGROUND, Term.text(foreground))).toString();
    }
}
