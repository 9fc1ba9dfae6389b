package org.lesionstream.trainer.network;

import java.util.Locale;
import java.util.Set;

/**
 * How the four published versions of UNet++ build their nodes, up-sampling and heads. Levels i and steps j are counted from 0.
 */
enum NestedBlocks {
    /** VGG blocks; resizes without weights; skips first. */
    VGG("unetpp-vgg", 5, true) {
        @Override
        Layer first(int i, int in, int out) {
            return BlockStyle.VGG.twice(in, out, out);
        }

        @Override
        String firstName(int i) {
            return nodeName(i, 0);
        }

        @Override
        String nodeName(int i, int j) {
            return "conv" + i + "_" + j;
        }

        @Override
        Layer node(int in, int out) {
            return BlockStyle.VGG.twice(in, out, out);
        }

        @Override
        Layer up(int in, int out) {
            return new Enlargement(Resizing.BILINEAR_ALIGNED, 2);
        }

        @Override
        int upWidth(int in, int out) {
            return in;
        }

        @Override
        String headName(int j, boolean alone) {
            return alone ? "final" : "final" + j;
        }
    },
    /** Blocks that activate before they convolve; overlapping up-convolutions; heads that convolve 3 x 3. */
    PREACT("unetpp-preact", 5, false) {
        @Override
        int usualBase() {
            return 64;
        }

        @Override
        Layer first(int i, int in, int out) {
            return BlockStyle.SEQUENTIAL.twice(in, out, out);
        }

        @Override
        String firstName(int i) {
            return "stage_" + i;
        }

        @Override
        String nodeName(int i, int j) {
            return String.format(Locale.ROOT, "CONV%d_%d", i, j);
        }

        @Override
        Layer node(int in, int out) {
            return new Chain()
                    .then(Part.UNNAMED, activated("Conv_forward.0", "Conv_forward.2", in, out))
                    .then(Part.UNNAMED, activated("Conv_forward.3", "Conv_forward.5", out, out));
        }

        @Override
        Layer up(int in, int out) {
            return UpConvolution.by4(in, out, true);
        }

        @Override
        String upName(int i, int j) {
            return String.format(Locale.ROOT, "upsample_%d_%d", i, j);
        }

        @Override
        Layer head(int in, int classes) {
            return activated("0", "2", in, classes);
        }

        @Override
        String headName(int j, boolean alone) {
            return "final_super_0_" + j;
        }

        @Override
        boolean buildsAllHeads() {
            return true;
        }

        private Layer activated(String norm, String convolution, int in, int out) {
            return Chain.of(
                    norm,
                    new BatchNorm(in),
                    Part.UNNAMED,
                    Chain.of(
                            Part.UNNAMED,
                            new Rectifier(),
                            convolution,
                            Convolution.of(in, out, 3).build()));
        }
    },
    /** Convolutions and ReLU without normalisation; up-convolutions: the network of the paper. */
    PLAIN("unetpp-plain", 5, false) {
        @Override
        Layer first(int i, int in, int out) {
            return BlockStyle.unnormalised(true).twice(in, out, out);
        }

        @Override
        String firstName(int i) {
            return nodeName(i, 0);
        }

        @Override
        String nodeName(int i, int j) {
            return "conv" + i + "_" + j;
        }

        @Override
        Layer node(int in, int out) {
            return BlockStyle.unnormalised(true).twice(in, out, out);
        }

        @Override
        Layer up(int in, int out) {
            return UpConvolution.by2(in, out, true);
        }

        @Override
        String upName(int i, int j) {
            return "up" + i + "_" + j;
        }

        @Override
        String headName(int j, boolean alone) {
            return "final" + j;
        }
    },
    /** Instance normalisation and leaky ReLU, six levels, strided convolutions on the way down; the deepest head first. */
    NNUNET("unetpp-nnunet", 6, true) {
        private static final int WIDEST = 480;
        private static final int DEPTH = 5;

        @Override
        int usualBase() {
            return 30;
        }

        @Override
        int width(int base, int i) {
            return Math.min(base << i, WIDEST);
        }

        @Override
        Layer first(int i, int in, int out) {
            BlockStyle style = i == DEPTH
                    ? BlockStyle.nnUNet(
                            "0.blocks.0.conv", "0.blocks.0.instnorm", "1.blocks.0.conv", "1.blocks.0.instnorm")
                    : BlockStyle.nnUNet("blocks.0.conv", "blocks.0.instnorm", "blocks.1.conv", "blocks.1.instnorm");
            return style.twice(in, out, out, i == 0 ? 1 : 2);
        }

        @Override
        boolean pools() {
            return false;
        }

        @Override
        String firstName(int i) {
            return "conv_blocks_context." + i;
        }

        @Override
        String nodeName(int i, int j) {
            return "loc" + (DEPTH - i - j) + "." + (j - 1);
        }

        @Override
        Layer node(int in, int out) {
            return BlockStyle.nnUNet("0.blocks.0.conv", "0.blocks.0.instnorm", "1.blocks.0.conv", "1.blocks.0.instnorm")
                    .twice(in, out, out);
        }

        @Override
        Layer up(int in, int out) {
            return UpConvolution.by2(in, out, false);
        }

        @Override
        String upName(int i, int j) {
            return "up" + (DEPTH - i - j) + "." + (j - 1);
        }

        @Override
        Layer head(int in, int classes) {
            return Convolution.of(in, classes, 1).bias(false).build();
        }

        @Override
        String headName(int j, boolean alone) {
            return "seg_outputs." + (DEPTH - j);
        }

        @Override
        boolean buildsAllHeads() {
            return true;
        }

        @Override
        boolean deepestHeadFirst() {
            return true;
        }
    },
    /** VGG nodes on a PVTv2 encoder, a comparison of the U-Net v2 paper: four levels, the finest a quarter of the size. */
    PVT("unetpp-pvt", 4, true) {
        @Override
        Layer first(int i, int in, int out) {
            throw new IllegalStateException("the encoder is a transformer");
        }

        @Override
        String firstName(int i) {
            return "encoder.backbone";
        }

        @Override
        String nodeName(int i, int j) {
            return VGG.nodeName(i, j);
        }

        @Override
        Layer node(int in, int out) {
            return VGG.node(in, out);
        }

        @Override
        Layer up(int in, int out) {
            return VGG.up(in, out);
        }

        @Override
        int upWidth(int in, int out) {
            return in;
        }

        @Override
        String headName(int j, boolean alone) {
            return VGG.headName(j, alone);
        }
    };

    private final String text;
    private final int levels;
    private final boolean skipsFirst;

    NestedBlocks(String text, int levels, boolean skipsFirst) {
        this.text = text;
        this.levels = levels;
        this.skipsFirst = skipsFirst;
    }

    /** Name of the network. */
    String text() {
        return text;
    }

    int levels() {
        return levels;
    }

    /** Whether the maps of a node's own level stand before the one from below. */
    boolean skipsFirst() {
        return skipsFirst;
    }

    /** Options beside channels, classes and deep supervision. */
    Set<String> options() {
        return this == PVT ? Set.copyOf(PyramidVisionTransformer.OPTIONS) : Set.of("base", "widths");
    }

    int usualBase() {
        return 32;
    }

    int width(int base, int i) {
        return base << i;
    }

    /** X(i, 0). */
    abstract Layer first(int i, int in, int out);

    abstract String firstName(int i);

    /** Whether the size is halved by pooling before X(i, 0), or by its first convolution. */
    boolean pools() {
        return true;
    }

    /** X(i, j). */
    abstract Layer node(int in, int out);

    abstract String nodeName(int i, int j);

    /** From level i + 1 to level i. */
    abstract Layer up(int in, int out);

    /** Channels of what {@link #up} gives. */
    int upWidth(int in, int out) {
        return out;
    }

    String upName(int i, int j) {
        return Part.UNNAMED;
    }

    /** From X(0, j) to logits. */
    Layer head(int in, int classes) {
        return Convolution.of(in, classes, 1).build();
    }

    abstract String headName(int j, boolean alone);

    /** Whether heads exist that are not asked without deep supervision. */
    boolean buildsAllHeads() {
        return false;
    }

    boolean deepestHeadFirst() {
        return false;
    }
}
