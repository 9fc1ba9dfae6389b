package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * U-Net v2, {@code unetv2}: images {@code [N, channels, H, W]}, both sizes multiples of 32, to logits {@code [N, classes, H, W]}.
 *
 * <pre>
 *   image - PVTv2 - f1, f2, f3, f4           a 4th, 8th, 16th, 32nd of the size
 *   s1, s2, s3, s4 = SDI(f1, f2, f3, f4)     c channels each, see {@link SemanticsDetailInfusion}
 *   y4 = s4,  y_i = up-convolution(y_{i+1}) + s_i
 *   o_i = conv1x1(y_i), enlarged four times  o1 is the answer
 * </pre>
 *
 * <p>Skips are added, never concatenated. Options: {@code channels} (3), {@code classes} (1), {@code width} c (32), {@code skip} = {@code sdi}, or for
 * comparison {@code sum} (the reduced maps themselves) or {@code none} (of the encoder only its deepest map); {@code attention} ({@code true}) before SDI;
 * {@code deep-supervision} ({@code false}): heads o1, o2, o3, o4 of full, half, a 4th and an 8th size instead of o1 alone; and those of {@link
 * PyramidVisionTransformer}.
 *
 * <p>Source: Peng, Sonka, Chen, "U-Net v2: Rethinking the Skip Connections of U-Net for Medical Image Segmentation", 2023, and its published code, whose
 * parameter names these are, down to an up-convolution that it never uses.
 */
public final class UNetV2 extends SegmentationNetwork {
    static final String NAME = "unetv2";
    private static final int LEVELS = 4;
    private static final String UNUSED = "deconv5";

    private final Encoder encoder;
    private final Optional<SemanticsDetailInfusion> infusion;
    private final List<Layer> reductions = new ArrayList<>(); // in place of infusion
    private final List<Layer> upConvolutions = new ArrayList<>(); // to level 3, 2, 1
    private final List<Layer> heads = new ArrayList<>(); // of level 4, 3, 2, 1
    private final boolean onlyDeepest;
    private final boolean deepSupervision;

    /** Builds {@code unetv2} with the options of its text. */
    static UNetV2 build(NetworkSpec spec) {
        Set<String> known = new TreeSet<>(PyramidVisionTransformer.OPTIONS);
        known.addAll(Set.of("channels", "classes", "width", "skip", "attention", "deep-supervision"));
        spec.allowOnly(known.toArray(String[]::new));
        return new UNetV2(spec);
    }

    private UNetV2(NetworkSpec spec) {
        super(spec);
        int width = spec.count("width", 32);
        String skip = spec.choice("skip", "sdi", "sum", "none");
        boolean attention = spec.choice("attention", "true", "false").equals("true");
        this.onlyDeepest = skip.equals("none");
        this.deepSupervision = spec.choice("deep-supervision", "false", "true").equals("true");
        this.encoder = addChildBlock("encoder.backbone", new PyramidVisionTransformer(spec));
        List<Integer> in = encoder.widths();
        if (skip.equals("sdi")) {
            this.infusion = Optional.of(
                    addChildBlock(UNNAMED, new SemanticsDetailInfusion(List.of(1, 2, 3, 4), in, width, attention)));
        } else {
            this.infusion = Optional.empty();
            for (int level = onlyDeepest ? LEVELS : 1; level <= LEVELS; level++) {
                Layer reduction = SemanticsDetailInfusion.reduction(level, in.get(level - 1), width, attention);
                reductions.add(addChildBlock(UNNAMED, reduction));
            }
        }
        for (int step = 2; step <= LEVELS; step++) {
            upConvolutions.add(addChildBlock("deconv" + step, UpConvolution.by4(width, width, false)));
        }
        addChildBlock(UNUSED, UpConvolution.by4(width, width, false));
        for (int head = 0; head < LEVELS; head++) {
            heads.add(addChildBlock(
                    "seg_outs." + head, Convolution.of(width, classes(), 1).build()));
        }
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        NDList carried = carried(pass, pass.all(encoder, image)); // [N, c, H / 4, W / 4] to [N, c, H / 32, W / 32]
        NDArray y = carried.get(carried.size() - 1);
        NDList logits = new NDList();
        for (int level = LEVELS; level >= 1; level--) {
            if (level < LEVELS) {
                y = pass.through(upConvolutions.get(LEVELS - 1 - level), y);
                y = onlyDeepest ? y : y.add(carried.get(level - 1)); // [N, c, H / 2^(l+1), W / 2^(l+1)]
            }
            if (level == 1 || deepSupervision) {
                NDArray small = pass.through(heads.get(LEVELS - level), y);
                logits.add(0, ImageOperations.enlarge(small, Resizing.BILINEAR, encoder.finestStride()));
            }
        }
        return logits; // [N, classes, H, W], [N, classes, H / 2, W / 2], ..
    }

    private NDList carried(Pass pass, NDList maps) {
        if (infusion.isPresent()) {
            return pass.all(infusion.get(), maps.toArray(NDArray[]::new));
        }
        NDList reduced = new NDList();
        int finest = LEVELS - reductions.size();
        for (int i = 0; i < reductions.size(); i++) {
            reduced.add(pass.through(reductions.get(i), maps.get(finest + i)));
        }
        return reduced;
    }

    @Override
    public int heads() {
        return deepSupervision ? LEVELS : 1;
    }

    /** Each head has half the height and width of the one before. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape image = inputShapes[0];
        Shape[] shapes = new Shape[heads()];
        for (int head = 0; head < shapes.length; head++) {
            shapes[head] = new Shape(image.get(0), classes(), image.get(2) >> head, image.get(3) >> head);
        }
        return shapes;
    }

    @Override
    public int answeringHead() {
        return 0;
    }

    @Override
    public InputRule inputRule() {
        return InputRule.multiplesOf(32);
    }

    @Override
    public boolean seesWholeImage() {
        return true;
    }

    @Override
    public Optional<String> encoderPrefix() {
        return Optional.of("encoder.backbone.");
    }

    @Override
    public Set<String> withoutInfluence() {
        Set<String> idle = new TreeSet<>(Set.of(UNUSED + ".weight"));
        for (int head = 0; !deepSupervision && head < LEVELS - 1; head++) {
            idle.add("seg_outs." + head + ".weight");
            idle.add("seg_outs." + head + ".bias");
        }
        return idle;
    }
}
