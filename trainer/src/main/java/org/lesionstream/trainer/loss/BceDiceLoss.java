package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Map;
import org.lesionstream.trainer.term.Term;

/**
 * Binary cross entropy plus soft Dice with every map behind a sigmoid of its own, as the UNet++ of 4uiiurz1/pytorch-nested-unet is trained:
 * {@code b mean(log(1 + exp(z)) - z g) + 1 - mean over images of (2 sum p g + s) / (sum p + sum g + s)}.
 *
 * <p>The sums run over all maps of an image together. The weights of pixels do not matter here.
 *
 * @param bce {@code b >= 0}, 0.5 as published
 * @param smoothing {@code s > 0}, 1e-5 as published
 */
public record BceDiceLoss(double bce, double smoothing) implements SegmentationLoss {

    static final String NAME = "bce-dice";
    static final String BCE = "bce";
    static final String SMOOTHING = "smoothing";
    private static final int[] IMAGE = {1, 2, 3};

    public BceDiceLoss {
        if (!(bce >= 0) || Double.isInfinite(bce)) {
            throw new IllegalArgumentException("bce must be finite and not negative, was " + bce);
        }
        Overlap.requireSmoothing(smoothing);
    }

    static BceDiceLoss of(Term term) {
        return new BceDiceLoss(term.number(BCE, 0.5), term.number(SMOOTHING, 1e-5));
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        target.requireShapeOf(logits);
        NDArray errors = PixelCrossEntropy.ofMaps(logits, target.classes()).mean();
        NDArray overlaps = Overlap.of(Activation.sigmoid(logits), target.classes(), IMAGE, false, smoothing); // [N]
        return errors.mul((float) bce).add(overlaps.mean().neg().add(1f));
    }

    @Override
    public String toString() {
        return new Term(NAME, Map.of(BCE, Term.text(bce), SMOOTHING, Term.text(smoothing))).toString();
    }
}
