package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * U2-Net, a U-Net of U-Nets, and its small form U2-NetP: images {@code [N, channels, H, W]} of any size from 32 on to seven heads {@code [N, classes, H, W]}.
 *
 * <pre>
 *   RSU-7 ------------------------------------- RSU-7 - side 1
 *     RSU-6 --------------------------------- RSU-6 --- side 2
 *       RSU-5 ----------------------------- RSU-5 ----- side 3
 *         RSU-4 ------------------------- RSU-4 ------- side 4
 *           RSU-4F ------------------- RSU-4F --------- side 5
 *             RSU-4F -------------------'-------------- side 6
 *   d0 = conv1x1([d1 .. d6]), d_i = conv3x3 of side i, enlarged
 * </pre>
 *
 * <p>Heads come as d0, d1 .. d6; d0 is the answer, the others are for deep supervision. The published code applies a sigmoid within; here heads are logits.
 *
 * <p>Options: {@code channels} (3), {@code classes} (1), {@code scale}: widths divided by so much (1).
 *
 * <p>Source: Qin et al., "U2-Net: Going Deeper with Nested U-Structure for Salient Object Detection", Pattern Recognition 2020.
 */
public final class U2Net extends SegmentationNetwork {
    static final String NAME = "u2net";
    static final String SMALL_NAME = "u2netp";
    private static final int STAGES = 6;
    private static final int FLAT_FROM = 5; // stages 5 and 6 dilate instead of pooling
    private static final int[] MIDDLE = {32, 32, 64, 128, 256, 256};
    private static final int[] OUT = {64, 128, 256, 512, 512, 512};
    private static final int[] MIDDLE_UP = {16, 32, 64, 128, 256};
    private static final int[] OUT_UP = {64, 64, 128, 256, 512};

    private final List<Layer> downs = new ArrayList<>(); // stage 1 to 6
    private final List<Layer> ups = new ArrayList<>(); // stage 1d to 5d
    private final List<Layer> sides = new ArrayList<>();
    private final Layer fusion;

    /** Builds {@code u2net} or {@code u2netp} with the options of its text. */
    static U2Net build(NetworkSpec spec) {
        spec.allowOnly("channels", "classes", "scale");
        return new U2Net(spec);
    }

    private U2Net(NetworkSpec spec) {
        super(spec);
        int in = channels();
        for (int i = 0; i < STAGES; i++) {
            downs.add(addChildBlock("stage" + (i + 1), stage(i, in, width(MIDDLE, i, 16), width(OUT, i, 64))));
            in = width(OUT, i, 64);
        }
        for (int i = STAGES - 2; i >= 0; i--) {
            int both = in + width(OUT, i, 64);
            ups.add(
                    0,
                    addChildBlock(
                            "stage" + (i + 1) + "d", stage(i, both, width(MIDDLE_UP, i, 16), width(OUT_UP, i, 64))));
            in = width(OUT_UP, i, 64);
        }
        for (int i = 0; i < STAGES; i++) {
            int width = i == STAGES - 1 ? width(OUT, i, 64) : width(OUT_UP, i, 64);
            sides.add(addChildBlock(
                    "side" + (i + 1), Convolution.of(width, classes(), 3).build()));
        }
        this.fusion = addChildBlock(
                "outconv", Convolution.of(STAGES * classes(), classes(), 1).build());
    }

    private int width(int[] large, int i, int small) {
        return Math.max(1, (spec().name().equals(SMALL_NAME) ? small : large[i]) / spec().count("scale", 1));
    }

    private static Layer stage(int i, int in, int middle, int out) {
        return i + 1 >= FLAT_FROM
                ? ResidualUBlock.dilated(in, middle, out)
                : ResidualUBlock.ofLevels(7 - i, in, middle, out);
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        NDArray x = image; // [N, channels, H, W]
        List<NDArray> maps = new ArrayList<>();
        for (Layer stage : downs) {
            x = pass.through(stage, maps.isEmpty() ? x : Layers.maxPool2Ceil(x)); // [N, c_i, H / 2^i, W / 2^i]
            maps.add(x);
        }
        for (int i = STAGES - 2; i >= 0; i--) {
            NDArray skip = maps.get(i);
            NDArray both = NDArrays.concat(new NDList(toSizeOf(skip, maps.get(i + 1)), skip), 1);
            maps.set(i, pass.through(ups.get(i), both)); // [N, d_i, H / 2^i, W / 2^i]
        }
        NDList heads = new NDList();
        for (int i = 0; i < STAGES; i++) {
            heads.add(toSizeOf(image, pass.through(sides.get(i), maps.get(i)))); // [N, classes, H, W]
        }
        heads.add(0, pass.through(fusion, NDArrays.concat(heads, 1)));
        return heads;
    }

    private static NDArray toSizeOf(NDArray target, NDArray x) {
        return ImageOperations.resize(
                x,
                Resizing.BILINEAR,
                target.getShape().get(2),
                target.getShape().get(3));
    }

    @Override
    public int heads() {
        return STAGES + 1;
    }

    @Override
    public int answeringHead() {
        return 0;
    }

    @Override
    public InputRule inputRule() {
        return new InputRule(32, 1, 32, 0);
    }

    /** Its field of view is bounded, but wider than any tile. */
    @Override
    public boolean seesWholeImage() {
        return true;
    }
}
