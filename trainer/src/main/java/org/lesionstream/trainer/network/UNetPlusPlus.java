package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * UNet++ with VGG blocks, {@code unetpp-vgg}: a U-Net whose skip paths are dense. Images {@code [N, channels, H, W]}, both sizes multiples of 16, to
 * logits {@code [N, classes, H, W]} of each head.
 *
 * <p>Node X(i, j) stands on level i (1 / 2^i of the size, c_i channels), j steps from the encoder:
 *
 * <pre>
 *   X(i, 0) = B( pool X(i-1, 0) )                                      the encoder
 *   X(i, j) = B( [X(i, 0), ..., X(i, j-1), up X(i+1, j-1)] ),  j > 0   up: bilinear x 2, aligned corners
 * </pre>
 *
 * <p>Heads are 1 x 1 convolutions of X(0, 1) to X(0, 4), all at full size; without deep supervision there is only that of X(0, 4). A head depends on nodes
 * with i + j up to its number alone, so dropping what a head does not need prunes the network.
 *
 * <p>Options: {@code channels} (3), {@code classes} (1), {@code base} (32, doubled on each level) or {@code widths} such as {@code 32/64/128/256/512},
 * {@code deep-supervision} ({@code false}).
 *
 * <p>Source: Zhou, Siddiquee, Tajbakhsh, Liang, "UNet++: A Nested U-Net Architecture for Medical Image Segmentation", DLMIA 2018; blocks and parameter names
 * of the well-known PyTorch version.
 */
public final class UNetPlusPlus extends SegmentationNetwork {
    static final String NAME = "unetpp-vgg";
    private static final int DEPTH = 4;

    private final List<List<Block>> nodes = new ArrayList<>(); // nodes.get(i).get(j) is X(i, j)
    private final List<Block> heads = new ArrayList<>();

    /** Builds {@code unetpp-vgg} with the options of its text. */
    static UNetPlusPlus build(NetworkSpec spec) {
        spec.allowOnly("channels", "classes", "base", "widths", "deep-supervision");
        boolean deep = spec.choice("deep-supervision", "false", "true").equals("true");
        return new UNetPlusPlus(spec, widths(spec), deep);
    }

    private static List<Integer> widths(NetworkSpec spec) {
        List<Integer> widths = new ArrayList<>();
        if (spec.text("widths").isEmpty()) {
            for (int i = 0; i <= DEPTH; i++) {
                widths.add(spec.count("base", 32) << i);
            }
            return widths;
        }
        String text = spec.text("widths").get();
        if (spec.text("base").isPresent() || !text.matches("[1-9][0-9]{0,4}(/[1-9][0-9]{0,4}){" + DEPTH + "}")) {
            throw new IllegalArgumentException(
                    "widths must be five numbers like 32/64/128/256/512, without base, was \"" + text + "\"");
        }
        for (String width : text.split("/", -1)) {
            widths.add(Integer.valueOf(width));
        }
        return widths;
    }

    private UNetPlusPlus(NetworkSpec spec, List<Integer> widths, boolean deepSupervision) {
        super(spec);
        for (int i = 0; i <= DEPTH; i++) {
            nodes.add(new ArrayList<>());
            int c = widths.get(i);
            for (int j = 0; i + j <= DEPTH; j++) {
                int above = i == 0 ? channels() : widths.get(i - 1);
                int in = j == 0 ? above : c * j + widths.get(i + 1);
                nodes.get(i).add(addChildBlock("conv" + i + "_" + j, DoubleConvolution.vgg(in, c)));
            }
        }
        for (int k = deepSupervision ? 1 : DEPTH; k <= DEPTH; k++) {
            heads.add(addChildBlock(
                    deepSupervision ? "final" + k : "final", Layers.outputHead(widths.get(0), classes())));
        }
    }

    @Override
    public int heads() {
        return heads.size();
    }

    @Override
    public OptionalInt headOfPruning(int level) {
        return heads.size() == DEPTH && level >= 1 && level <= DEPTH ? OptionalInt.of(level - 1) : OptionalInt.empty();
    }

    @Override
    NDList compute(Pass pass, NDList images) {
        NDArray[][] x = new NDArray[DEPTH + 1][DEPTH + 1];
        NDArray down = images.singletonOrThrow(); // [N, channels, H, W]
        requireWholeLevels(down.getShape());
        for (int diagonal = 0; diagonal <= DEPTH; diagonal++) {
            x[diagonal][0] = pass.through(node(diagonal, 0), down); // [N, c_i, H / 2^i, W / 2^i]
            for (int j = 1; j <= diagonal; j++) {
                int i = diagonal - j;
                NDList inputs = new NDList(); // all of them [N, ., H / 2^i, W / 2^i]
                for (int k = 0; k < j; k++) {
                    inputs.add(x[i][k]);
                }
                Shape size = x[i][0].getShape();
                inputs.add(ImageOperations.bilinear(x[i + 1][j - 1], size.get(2), size.get(3)));
                x[i][j] = pass.through(node(i, j), NDArrays.concat(inputs, 1)); // [N, c_i, H / 2^i, W / 2^i]
            }
            if (diagonal < DEPTH) {
                down = Layers.maxPool2(x[diagonal][0]);
            }
        }
        NDList logits = new NDList();
        for (int h = 0; h < heads.size(); h++) {
            NDArray top = x[0][DEPTH + 1 - heads.size() + h]; // [N, c_0, H, W]
            logits.add(pass.through(heads.get(h), top)); // [N, classes, H, W]
        }
        return logits;
    }

    private void requireWholeLevels(Shape image) {
        if (image.get(2) % alignment() != 0 || image.get(3) % alignment() != 0) {
            throw new IllegalArgumentException("unetpp-vgg needs sizes that are multiples of 16, was " + image);
        }
    }

    private Block node(int i, int j) {
        return nodes.get(i).get(j);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        Shape image = inputShapes[0];
        requireWholeLevels(image);
        Shape[] width = new Shape[DEPTH + 1];
        for (int i = 0; i <= DEPTH; i++) {
            width[i] = initialized(node(i, 0), manager, type, i == 0 ? image : halved(width[i - 1]));
        }
        for (int i = 0; i < DEPTH; i++) {
            for (int j = 1; i + j <= DEPTH; j++) {
                long channels = j * width[i].get(1) + width[i + 1].get(1);
                node(i, j).initialize(manager, type, new Shape(1, channels, width[i].get(2), width[i].get(3)));
            }
        }
        heads.forEach(head -> head.initialize(manager, type, width[0]));
    }

    private static Shape halved(Shape x) {
        return new Shape(x.get(0), x.get(1), x.get(2) / 2, x.get(3) / 2);
    }
}
