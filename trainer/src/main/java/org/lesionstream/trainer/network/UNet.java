package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * U-Net with padded convolutions and batch normalisation, {@code unet-same}: images {@code [N, channels, H, W]} of any size from 16 x 16 on to logits
 * {@code [N, classes, H, W]}.
 *
 * <pre>
 *   image - inc ------------------------------------------ up4 - outc - logits      b channels
 *             down1 -------------------------------- up3                           2b, half size
 *                 down2 ---------------------- up2                                 4b
 *                     down3 ------------ up1                                       8b
 *                         down4 -------'                                          16b, a sixteenth
 * </pre>
 *
 * <p>Options: {@code channels} (3), {@code classes} (1), {@code base} b (64), {@code up} = {@code conv} (transposed convolutions) or {@code bilinear}
 * (aligned corners; the deepest level then has 8b channels, and up1 to up3 give 4b, 2b and b).
 *
 * <p>Source: Ronneberger, Fischer, Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015, in the padded form that PyTorch
 * users know; parameter names are those of that code.
 */
public final class UNet extends SegmentationNetwork {
    static final String NAME = "unet-same";

    private final DoubleConvolution inc;
    private final DownStep down1;
    private final DownStep down2;
    private final DownStep down3;
    private final DownStep down4;
    private final UpStep up1;
    private final UpStep up2;
    private final UpStep up3;
    private final UpStep up4;
    private final Block outc;

    /** Builds {@code unet-same} with the options of its text. */
    static UNet build(NetworkSpec spec) {
        spec.allowOnly("channels", "classes", "base", "up");
        boolean bilinear = spec.choice("up", "conv", "bilinear").equals("bilinear");
        return new UNet(spec, spec.count("base", 64), bilinear);
    }

    private UNet(NetworkSpec spec, int b, boolean bilinear) {
        super(spec);
        int deepest = bilinear ? 8 * b : 16 * b;
        this.inc = addChildBlock("inc", DoubleConvolution.plain(channels(), b, b));
        this.down1 = addChildBlock("down1", new DownStep(b, 2 * b));
        this.down2 = addChildBlock("down2", new DownStep(2 * b, 4 * b));
        this.down3 = addChildBlock("down3", new DownStep(4 * b, 8 * b));
        this.down4 = addChildBlock("down4", new DownStep(8 * b, deepest));
        this.up1 = addChildBlock("up1", bilinear ? UpStep.bilinear(16 * b, 4 * b) : UpStep.convolving(16 * b, 8 * b));
        this.up2 = addChildBlock("up2", bilinear ? UpStep.bilinear(8 * b, 2 * b) : UpStep.convolving(8 * b, 4 * b));
        this.up3 = addChildBlock("up3", bilinear ? UpStep.bilinear(4 * b, b) : UpStep.convolving(4 * b, 2 * b));
        this.up4 = addChildBlock("up4", bilinear ? UpStep.bilinear(2 * b, b) : UpStep.convolving(2 * b, b));
        this.outc = addChildBlock("outc.conv", Layers.outputHead(b, classes()));
    }

    @Override
    public int heads() {
        return 1;
    }

    @Override
    NDList compute(Pass pass, NDList images) {
        // Channels are those of up=conv; in parentheses those of up=bilinear, where they differ.
        NDArray x1 = pass.through(inc, images.singletonOrThrow()); // [N, b, H, W]
        NDArray x2 = pass.through(down1, x1); // [N, 2b, H/2, W/2]
        NDArray x3 = pass.through(down2, x2); // [N, 4b, H/4, W/4]
        NDArray x4 = pass.through(down3, x3); // [N, 8b, H/8, W/8]
        NDArray x5 = pass.through(down4, x4); // [N, 16b (8b), H/16, W/16]
        NDArray y4 = pass.through(up1, x5, x4); // [N, 8b (4b), H/8, W/8]
        NDArray y3 = pass.through(up2, y4, x3); // [N, 4b (2b), H/4, W/4]
        NDArray y2 = pass.through(up3, y3, x2); // [N, 2b (b), H/2, W/2]
        NDArray y1 = pass.through(up4, y2, x1); // [N, b, H, W]
        return new NDList(pass.through(outc, y1)); // [N, classes, H, W]
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        Shape x1 = initialized(inc, manager, type, inputShapes);
        Shape x2 = initialized(down1, manager, type, x1);
        Shape x3 = initialized(down2, manager, type, x2);
        Shape x4 = initialized(down3, manager, type, x3);
        Shape x5 = initialized(down4, manager, type, x4);
        Shape y4 = initialized(up1, manager, type, x5, x4);
        Shape y3 = initialized(up2, manager, type, y4, x3);
        Shape y2 = initialized(up3, manager, type, y3, x2);
        Shape y1 = initialized(up4, manager, type, y2, x1);
        outc.initialize(manager, type, y1);
    }
}
