package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import java.util.Objects;
import org.lesionstream.trainer.term.Term;

/**
 * Cross entropy plus one minus the intersection over union, both weighted near outlines, as U-Net v2 is trained on polyps (the loss of F3Net, Wei et al.
 * 2020): {@code mean over images of sum(w e) / sum w + 1 - (I + 1) / (U - I + 1)}.
 *
 * <ul>
 *   <li>{@code w = 1 + 5 |mean of g over 31 x 31 pixels - g|}, where what lies outside of the image counts as 0.
 *   <li>{@code I = sum(w p g)} and {@code U = sum(w (p + g))} over the pixels of an image, {@code p} the sigmoid of the logits.
 *   <li>The published code means to weight the cross entropy {@code e} but averages it over all pixels first, so that the weights cancel:
 *       {@link Form#AS_PUBLISHED} does the same.
 *   <li>For {@code K = 1} alone; the weights of the target do not matter here.
 * </ul>
 *
 * @param form whether the cross entropy is weighted
 */
public record StructureLoss(Form form) implements SegmentationLoss {

    static final String NAME = "structure";
    static final String FORM = "form";
    private static final int WINDOW = 31;
    private static final int[] IMAGE = {1, 2, 3};

    /** Whether the cross entropy is weighted. */
    public enum Form {
        AS_MEANT,
        AS_PUBLISHED
    }

    public StructureLoss {
        Objects.requireNonNull(form, "form");
    }

    static StructureLoss of(Term term) {
        return new StructureLoss(Choices.read(term, FORM, Form.values()));
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        target.requireOneMap(logits, NAME);
        NDArray truth = target.classes();
        NDArray weights = weights(truth);
        NDArray errors = PixelCrossEntropy.ofMaps(logits, truth);
        NDArray weighted = form == Form.AS_PUBLISHED
                ? errors.mean()
                : errors.mul(weights).sum(IMAGE).div(weights.sum(IMAGE)).mean();
        NDArray probability = Activation.sigmoid(logits);
        NDArray both = probability.mul(truth).mul(weights).sum(IMAGE); // [N]
        NDArray either = probability.add(truth).mul(weights).sum(IMAGE).sub(both); // [N]
        return weighted.add(both.add(1f).div(either.add(1f)).mean().neg().add(1f));
    }

    /**
     * How much each pixel weighs, 1 to 6: little inside and outside, much at outlines and in small regions.
     *
     * @param truth {@code [N, 1, H, W]}, 0 or 1
     */
    public static NDArray weights(NDArray truth) {
        // The mean over a square is the mean over its rows of the mean over columns, at 62 instead of 961 sums a pixel.
        NDArray rows = mean(truth, new Shape(WINDOW, 1), new Shape(WINDOW / 2, 0));
        NDArray surrounding = mean(rows, new Shape(1, WINDOW), new Shape(0, WINDOW / 2));
        return surrounding.sub(truth).abs().mul(5f).add(1f);
    }

    private static NDArray mean(NDArray x, Shape window, Shape padding) {
        return Pool.avgPool2d(x, window, new Shape(1, 1), padding, false, true);
    }

    @Override
    public String toString() {
        return new Term(NAME, Map.of(FORM, Choices.text(form))).toString();
    }
}
