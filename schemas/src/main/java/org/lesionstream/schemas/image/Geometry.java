package org.lesionstream.schemas.image;

import java.util.List;

/**
 * The one place that maps source pixels to network pixels and back.
 *
 * <p>{@link #prepare}, {@link #plan}, cut, infer, {@link #assemble}: for equal picture and {@link InputSpec} every step gives equal bytes, in training
 * and in serving. Probabilities are interpolated, labels never.
 */
public final class Geometry {

    private Geometry() {}

    /** The picture as the network wants it: channels, intensity rule, sample type, then size. The source stays as it is. */
    public static PixelGrid prepare(PixelGrid source, InputSpec spec) {
        IntensityRule rule = spec.intensity();
        PixelGrid mapped = source.channels() == 1 && rule.pointwise()
                ? rule.apply(source, spec.type()).withChannels(spec.channels()) // the same, with less to map
                : rule.apply(source.withChannels(spec.channels()), spec.type());
        Resampling size = Resampling.of(source.height(), source.width(), source.spacing(), spec);
        return Bilinear.resize(mapped, size.height(), size.width());
    }

    /** The tiles of a picture, for cutting what {@link #prepare} made of it. */
    public static TilePlan plan(PixelGrid source, InputSpec spec) {
        return TilePlan.of(source.height(), source.width(), source.spacing(), spec);
    }

    /**
     * Network outputs to one label and one confidence per pixel of the source.
     *
     * @param outputs one per tile, in the order of the plan; labels for geometry tiles, probabilities for geometry fit
     * @param threshold of {@link #decide}
     */
    public static Segmentation assemble(TilePlan plan, List<TileOutput> outputs, double threshold) {
        if (outputs.size() != plan.tiles().size()) {
            throw new IllegalArgumentException("outputs must be " + plan.tiles().size() + ", were " + outputs.size());
        }
        if (plan.spec().geometry() == GeometryKind.FIT) {
            byte[] planes = ((TileOutput.Probabilities) outputs.get(0)).planes();
            InputSpec spec = plan.spec();
            int maps = planes.length / spec.outputPixels();
            return decide(
                    new ProbabilityMaps(maps, spec.outputHeight(), spec.outputWidth(), planes),
                    plan.sourceHeight(),
                    plan.sourceWidth(),
                    threshold);
        }
        MaskStitcher stitcher = new MaskStitcher(plan);
        for (int i = 0; i < outputs.size(); i++) {
            stitcher.accept(i, (TileOutput.Labels) outputs.get(i));
        }
        return restore(stitcher, plan);
    }

    /** The stitched mask at the size of the source: the same pixels, or where the picture was resampled the nearest one. */
    public static Segmentation restore(MaskStitcher stitched, TilePlan plan) {
        LabelMask mask = stitched.labels();
        int height = plan.sourceHeight();
        int width = plan.sourceWidth();
        if (mask.height() == height && mask.width() == width) {
            return new Segmentation(mask, stitched.confidence());
        }
        byte[] labels = Nearest.resize(mask.labels(), mask.height(), mask.width(), height, width);
        byte[] confidence = Nearest.resize(stitched.confidence(), mask.height(), mask.width(), height, width);
        return new Segmentation(new LabelMask(height, width, labels), confidence);
    }

    /**
     * Interpolates probability maps to {@code height} x {@code width} and decides every pixel there.
     *
     * <p>One map is a sigmoid head: label 1 where the probability is at least {@code threshold}, else 0. Several maps are a softmax: label = the map
     * with the highest probability, the first of equals; map 0 is background and the threshold has no say.
     */
    public static Segmentation decide(ProbabilityMaps maps, int height, int width, double threshold) {
        return maps.decide(height, width, threshold);
    }
}
