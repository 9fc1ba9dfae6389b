package org.lesionstream.trainer.data;

import java.util.Map;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.term.Term;

/**
 * The weight map of U-Net (Ronneberger et al. 2015, equation 2), which makes a network learn the narrow gaps between objects:
 * {@code w(x) = w_c(x) + w0 exp(-(d1(x) + d2(x))^2 / (2 sigma^2))}.
 *
 * <p>The paper leaves open what follows; here
 *
 * <ul>
 *   <li>{@code w_c = N / (K N_k)} of each image, {@code N_k} of its {@code N} pixels being of class {@code k}: all classes weigh alike, and a pixel 1 on average if
 *       all are there;
 *   <li>{@code d1} and {@code d2} are Euclidean distances to the nearest pixel of the nearest and second nearest object, where objects that touch are separated first,
 *       see {@link InstancePlane#separated};
 *   <li>the second term stands on the background alone, unless it is wanted everywhere, and is 0 with fewer than two objects. It is left out where it is below
 *       {@code 1.6e-8 w0}, at {@code d1 + d2 > 6 sigma}.
 * </ul>
 *
 * <p>Immutable, for any thread. Text form: {@code border:w0=10,sigma=5,class-weights=true,everywhere=false}.
 *
 * @param w0 weight of a gap of no width, not negative
 * @param sigma width of a gap that matters, in pixels
 * @param classWeights whether {@code w_c} balances the classes; else it is 1
 * @param everywhere whether the second term stands on objects too
 */
public record BorderWeightMap(double w0, double sigma, boolean classWeights, boolean everywhere) {

    private static final String NAME = "border";
    private static final String W0 = "w0";
    private static final String SIGMA = "sigma";
    private static final String CLASS_WEIGHTS = "class-weights";
    private static final String EVERYWHERE = "everywhere";
    private static final double REACH = 6;

    public BorderWeightMap {
        if (!(w0 >= 0) || Double.isInfinite(w0)) {
            throw new IllegalArgumentException("w0 must be finite and not negative, was " + w0);
        }
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must be positive and finite, was " + sigma);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text is no such map
     */
    public static BorderWeightMap parse(String text) {
        Term term = Term.parse(text);
        if (!term.name().equals(NAME)) {
            throw new IllegalArgumentException("there is no weight map \"%s\", there is %s".formatted(text, NAME));
        }
        term.allowOnly(W0, SIGMA, CLASS_WEIGHTS, EVERYWHERE);
        return new BorderWeightMap(
                term.number(W0, 10),
                term.number(SIGMA, 5),
                term.flag(CLASS_WEIGHTS, true),
                term.flag(EVERYWHERE, false));
    }

    /**
     * The weight of every pixel, row by row, where the regions of the mask are its objects.
     *
     * @param classes how many the network tells apart, background included; a label beyond the last counts as the last
     */
    public float[] of(LabelMask mask, int classes) {
        return of(mask, classes, InstancePlane.ofRegions(mask));
    }

    /**
     * The weight of every pixel, row by row.
     *
     * @param mask what the network is to learn; where objects touch it should hold the background that separates them
     * @param classes how many the network tells apart, background included; a label beyond the last counts as the last
     * @param instances objects, of the size of the mask; separated here if they touch
     */
    public float[] of(LabelMask mask, int classes, InstancePlane instances) {
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be at least 2, were " + classes);
        }
        if (instances.height() != mask.height() || instances.width() != mask.width()) {
            throw new IllegalArgumentException("instances must have the size of the mask %s, had %d x %d"
                    .formatted(mask, instances.height(), instances.width()));
        }
        float[] weights = ofClasses(mask, classes);
        if (w0 > 0) {
            addBorders(mask, new InstanceDistances(instances.separated(), REACH * sigma), weights);
        }
        return weights;
    }

    private float[] ofClasses(LabelMask mask, int classes) {
        byte[] labels = mask.labels();
        long[] counts = new long[classes];
        for (byte label : labels) {
            counts[Math.min(label & 0xff, classes - 1)]++;
        }
        float[] weights = new float[labels.length];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            long alike = counts[Math.min(labels[pixel] & 0xff, classes - 1)];
            weights[pixel] = classWeights ? (float) ((double) labels.length / (classes * alike)) : 1;
        }
        return weights;
    }

    private void addBorders(LabelMask mask, InstanceDistances distances, float[] weights) {
        double scale = -1 / (2 * sigma * sigma);
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                boolean wanted = everywhere || mask.label(row, column) == 0;
                if (wanted && distances.measure(row, column)) {
                    double sum = distances.nearest() + distances.second();
                    weights[row * mask.width() + column] += (float) (w0 * Math.exp(scale * sum * sum));
                }
            }
        }
    }

    /** The text form, which {@link #parse} reads back to an equal map. */
    @Override
    public String toString() {
        return new Term(
                        NAME,
                        Map.of(
                                W0,
                                Term.text(w0),
                                SIGMA,
                                Term.text(sigma),
                                CLASS_WEIGHTS,
                                String.valueOf(classWeights),
                                EVERYWHERE,
                                String.valueOf(everywhere)))
                .toString();
    }
}
