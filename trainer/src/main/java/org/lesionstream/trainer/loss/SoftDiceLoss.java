package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import java.util.Map;
import java.util.Objects;
import org.lesionstream.trainer.term.Term;

/**
 * One minus the Dice overlap of probabilities {@code p} with the target {@code g}:
 * {@code o - mean((2 sum p g + s) / (sum p + sum g + s))} with {@code o = 1}.
 *
 * <p>Cross entropy counts every pixel alike, so a small lesion hardly weighs; this loss weighs regions, whatever their size
 * (Milletari et al. 2016 with squares in the denominator; Drozdzal et al. 2016 without).
 *
 * <ul>
 *   <li>{@code p} is the sigmoid of the logits for {@code K = 1}, their softmax over the classes otherwise.
 *   <li>{@link Sums#IMAGE} sums over the pixels of each image and averages over images and classes; {@link Sums#BATCH}
 *       sums over the whole batch and averages over classes, which stays calm when many images lack a class.
 *   <li>{@link Classes#TOGETHER} sums over the classes too, instead of averaging over them: the micro average of milesial/Pytorch-UNet.
 *   <li>Without background, class 0 is left out for {@code K >= 2}.
 *   <li>The weights of pixels do not matter here.
 * </ul>
 *
 * @param sums what one overlap is taken over
 * @param classes whether every class has an overlap of its own
 * @param background whether class 0 counts when there are two and more maps
 * @param denominator {@code sum p + sum g}, or {@code sum p^2 + sum g^2}
 * @param smoothing {@code s > 0}: defines the overlap of an absent class, and bounds its gradient
 * @param offset {@code o}: 1, or 0 where published code minimises minus the overlap; no gradient depends on it
 */
public record SoftDiceLoss(
        Sums sums, Classes classes, boolean background, Denominator denominator, double smoothing, double offset)
        implements SegmentationLoss {

    static final String NAME = "dice";
    static final String SUMS = "sums";
    static final String CLASSES = "classes";
    static final String BACKGROUND = "background";
    static final String DENOMINATOR = "denominator";
    static final String SMOOTHING = "smoothing";
    static final String OFFSET = "offset";

    /** The pixels that share one overlap. */
    public enum Sums {
        BATCH,
        IMAGE
    }

    /** Whether every class has an overlap of its own. */
    public enum Classes {
        APART,
        TOGETHER
    }

    /** What the doubled intersection is divided by. */
    public enum Denominator {
        PLAIN,
        SQUARED
    }

    public SoftDiceLoss {
        Objects.requireNonNull(sums, "sums");
        Objects.requireNonNull(classes, "classes");
        Objects.requireNonNull(denominator, "denominator");
        Overlap.requireSmoothing(smoothing);
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("offset must be finite, was " + offset);
        }
    }

    static SoftDiceLoss of(Term term) {
        return new SoftDiceLoss(
                Choices.read(term, SUMS, Sums.values()),
                Choices.read(term, CLASSES, Classes.values()),
                term.flag(BACKGROUND, false),
                Choices.read(term, DENOMINATOR, Denominator.values()),
                term.number(SMOOTHING, 1),
                term.number(OFFSET, 1));
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        target.requireShapeOf(logits);
        boolean binary = logits.getShape().get(1) == 1;
        NDArray probability = binary ? Activation.sigmoid(logits) : logits.softmax(1);
        NDArray truth = target.classes();
        if (!binary && !background) {
            probability = probability.get(new NDIndex(":, 1:"));
            truth = truth.get(new NDIndex(":, 1:"));
        }
        NDArray overlaps = Overlap.of(probability, truth, axes(), denominator == Denominator.SQUARED, smoothing);
        return overlaps.mean().neg().add((float) offset);
    }

    private int[] axes() {
        return switch (classes) {
            case APART -> sums == Sums.IMAGE ? new int[] {2, 3} : new int[] {0, 2, 3};
            case TOGETHER -> sums == Sums.IMAGE ? new int[] {1, 2, 3} : new int[] {0, 1, 2, 3};
        };
    }

    @Override
    public String toString() {
        return new Term(
                        NAME,
                        Map.of(
                                SUMS,
                                Choices.text(sums),
                                CLASSES,
                                Choices.text(classes),
                                BACKGROUND,
                                String.valueOf(background),
                                DENOMINATOR,
                                Choices.text(denominator),
                                SMOOTHING,
                                Term.text(smoothing),
                                OFFSET,
                                Term.text(offset)))
                .toString();
    }
}
