package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Every U-Net: an encoder that sees the image on several levels, skip connections, a decoder that comes back up, a head. Images {@code [N, channels, H, W]}
 * to logits {@code [N, classes, H, W]}, or less where convolutions lose their border.
 *
 * <pre>
 *   image - E1 ---------- skips ---------- up 1 - head - logits       c_1 channels
 *             E2 -------- skips ------ up 2                           c_2, half the size
 *               E3 ------ skips -- up 3
 *                 E4 -----------'                                     one level more, usually
 * </pre>
 *
 * <p>{@link UNetBuilder} says what each of these is in the networks that go by a name of their own.
 *
 * <p>Source: Ronneberger, Fischer, Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015.
 */
public final class UNet extends SegmentationNetwork {
    private final UNetBuilder plan;
    private final Encoder encoder;
    private final Skips skips;
    private final List<UpStep> steps = new ArrayList<>(); // finest first
    private final Layer head;

    UNet(UNetBuilder plan) {
        super(plan.spec());
        this.plan = plan;
        this.encoder = addChildBlock(plan.encoderName(), plan.encoder());
        this.skips = addChildBlock(plan.skipsName(), plan.skips(encoder));
        int levels = encoder.widths().size();
        int width = encoder.widths().get(levels - 1);
        for (int level = levels - 1; level >= 1; level--) {
            steps.add(0, addChildBlock(UNNAMED, plan.step(level, width, encoder, skips)));
            width = plan.decoderWidth(level, encoder);
        }
        this.head = addChildBlock(
                plan.headName(), Convolution.of(width, classes(), 1).build());
    }

    @Override
    public int heads() {
        return 1;
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        NDList seen = pass.all(encoder, image); // [N, c_l, H / 2^l, W / 2^l] each, finest first
        NDList carried = carried(pass, seen);
        NDArray y = Layers.dropout(pass, seen.get(seen.size() - 1), plan.dropout());
        for (int level = steps.size(); level >= 1; level--) {
            y = pass.through(steps.get(level - 1), y, carried.get(level - 1)); // [N, d_l, H / 2^l, W / 2^l]
        }
        NDArray logits = pass.through(head, y);
        return new NDList(ImageOperations.enlarge(logits, Resizing.BILINEAR, encoder.finestStride()));
    }

    /** The maps as they reach the decoder: levels without a skip keep theirs, of which the decoder takes the size alone. */
    private NDList carried(Pass pass, NDList seen) {
        NDList chosen = new NDList();
        plan.skipLevels().forEach(level -> chosen.add(seen.get(level - 1)));
        NDList changed = chosen.isEmpty() ? chosen : pass.all(skips, chosen.toArray(NDArray[]::new));
        NDList carried = new NDList(seen.subList(0, steps.size()));
        for (int i = 0; i < changed.size(); i++) {
            carried.set(plan.skipLevels().get(i) - 1, changed.get(i));
        }
        return carried;
    }

    @Override
    public InputRule inputRule() {
        return plan.inputRule(encoder);
    }

    @Override
    public boolean seesWholeImage() {
        return plan.seesWholeImage();
    }

    @Override
    public java.util.Optional<String> encoderPrefix() {
        return plan.encoderPrefix();
    }
}
