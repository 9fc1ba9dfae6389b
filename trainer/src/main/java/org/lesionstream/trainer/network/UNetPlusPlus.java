package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * UNet++: a U-Net whose skip paths are dense. Images {@code [N, channels, H, W]} to logits {@code [N, classes, H, W]} of each head; both sizes must be
 * multiples of 16 (32 for {@code unetpp-nnunet} and {@code unetpp-pvt}).
 *
 * <p>Node X(i, j) stands on level i (1 / 2^i of the size, c_i channels), j steps from the encoder:
 *
 * <pre>
 *   X(i, 0) = B( down X(i-1, 0) )                                      the encoder
 *   X(i, j) = B( [X(i, 0), ..., X(i, j-1), up X(i+1, j-1)] ),  j > 0
 * </pre>
 *
 * <p>Heads sit on X(0, 1) and all after it, at full size; without deep supervision only the last answers. A head depends on nodes with i + j up to its number
 * alone, so dropping what a head does not need prunes the network. {@link NestedBlocks} has what differs between the published versions: blocks,
 * up-sampling, order of the maps, heads, names.
 *
 * <p>Options: {@code channels} (3), {@code classes} (1), {@code base} (doubled on each level) or {@code widths} such as {@code 32/64/128/256/512}, {@code
 * deep-supervision} ({@code false}); for {@code unetpp-pvt} those of {@link PyramidVisionTransformer} in place of widths.
 *
 * <p>Source: Zhou, Siddiquee, Tajbakhsh, Liang, "UNet++: A Nested U-Net Architecture for Medical Image Segmentation", DLMIA 2018.
 */
public final class UNetPlusPlus extends SegmentationNetwork {
    private final NestedBlocks style;
    private final int depth;
    private final boolean deepSupervision;
    private final Encoder encoder;
    private final List<List<Layer>> nodes = new ArrayList<>(); // nodes.get(i).get(j - 1) is X(i, j)
    private final List<List<Layer>> ups = new ArrayList<>(); // ups.get(i).get(j - 1) leads to X(i, j)
    private final List<Layer> heads = new ArrayList<>(); // of X(0, 1) to X(0, depth), null where there is none

    /** Builds a UNet++ with the options of its text. */
    static UNetPlusPlus build(NestedBlocks style, NetworkSpec spec) {
        Set<String> known = new TreeSet<>(style.options());
        known.addAll(Set.of("channels", "classes", "deep-supervision"));
        spec.allowOnly(known.toArray(String[]::new));
        return new UNetPlusPlus(style, spec);
    }

    private UNetPlusPlus(NestedBlocks style, NetworkSpec spec) {
        super(spec);
        this.style = style;
        this.depth = style.levels() - 1;
        this.deepSupervision = spec.choice("deep-supervision", "false", "true").equals("true");
        this.encoder = addChildBlock(
                style == NestedBlocks.PVT ? style.firstName(0) : UNNAMED,
                style == NestedBlocks.PVT ? new PyramidVisionTransformer(spec) : encoder(style, spec, channels()));
        List<Integer> widths = encoder.widths();
        for (int i = 0; i < depth; i++) {
            nodes.add(new ArrayList<>());
            ups.add(new ArrayList<>());
            int c = widths.get(i);
            int below = widths.get(i + 1);
            for (int j = 1; i + j <= depth; j++) {
                ups.get(i).add(addChildBlock(style.upName(i, j), style.up(below, c)));
                nodes.get(i).add(addChildBlock(style.nodeName(i, j), style.node(c * j + style.upWidth(below, c), c)));
            }
        }
        for (int j = 1; j <= depth; j++) {
            boolean built = deepSupervision || style.buildsAllHeads() || j == depth;
            heads.add(
                    built
                            ? addChildBlock(style.headName(j, !deepSupervision), style.head(widths.get(0), classes()))
                            : null);
        }
    }

    private static Encoder encoder(NestedBlocks style, NetworkSpec spec, int channels) {
        List<Integer> widths = widths(style, spec);
        ConvolutionalEncoder encoder = style.pools() ? ConvolutionalEncoder.pooling() : ConvolutionalEncoder.striding();
        int in = channels;
        for (int i = 0; i < widths.size(); i++) {
            encoder.level(style.firstName(i), style.first(i, in, widths.get(i)), widths.get(i));
            in = widths.get(i);
        }
        return encoder;
    }

    private static List<Integer> widths(NestedBlocks style, NetworkSpec spec) {
        if (spec.text("widths").isPresent()) {
            spec.refuseTogether("widths", "base");
            return spec.numbers("widths", style.levels(), style.levels());
        }
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < style.levels(); i++) {
            widths.add(style.width(spec.count("base", style.usualBase()), i));
        }
        return widths;
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        NDList encoded = pass.all(encoder, image); // X(i, 0): [N, c_i, H / 2^i, W / 2^i]
        NDArray[][] x = new NDArray[depth + 1][depth + 1];
        for (int i = 0; i <= depth; i++) {
            x[i][0] = encoded.get(i);
        }
        for (int j = 1; j <= depth; j++) {
            for (int i = 0; i + j <= depth; i++) {
                NDList inputs = new NDList(); // all of them [N, ., H / 2^i, W / 2^i]
                for (int k = 0; k < j; k++) {
                    inputs.add(x[i][k]);
                }
                inputs.add(style.skipsFirst() ? j : 0, pass.through(ups.get(i).get(j - 1), x[i + 1][j - 1]));
                x[i][j] = pass.through(nodes.get(i).get(j - 1), NDArrays.concat(inputs, 1)); // [N, c_i, ..]
            }
        }
        NDList logits = new NDList();
        for (int j = deepSupervision ? 1 : depth; j <= depth; j++) {
            NDArray small = pass.through(heads.get(j - 1), x[0][j]);
            NDArray full = ImageOperations.enlarge(small, Resizing.BILINEAR, encoder.finestStride());
            logits.add(style.deepestHeadFirst() ? 0 : logits.size(), full); // [N, classes, H, W]
        }
        return logits;
    }

    @Override
    public int heads() {
        return deepSupervision ? depth : 1;
    }

    @Override
    public int answeringHead() {
        return style.deepestHeadFirst() ? 0 : heads() - 1;
    }

    @Override
    public OptionalInt headOfPruning(int level) {
        if (!deepSupervision || level < 1 || level > depth) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(style.deepestHeadFirst() ? depth - level : level - 1);
    }

    @Override
    public InputRule inputRule() {
        return InputRule.multiplesOf(encoder.finestStride() << depth);
    }

    @Override
    public boolean seesWholeImage() {
        return style == NestedBlocks.NNUNET || style == NestedBlocks.PVT;
    }

    @Override
    public Optional<String> encoderPrefix() {
        return style == NestedBlocks.PVT ? Optional.of(style.firstName(0) + ".") : Optional.empty();
    }

    @Override
    public Set<String> withoutInfluence() {
        Set<String> idle = new TreeSet<>();
        for (int j = 1; !deepSupervision && style.buildsAllHeads() && j < depth; j++) {
            String head = style.headName(j, true) + ".";
            stateDict().keySet().stream().filter(name -> name.startsWith(head)).forEach(idle::add);
        }
        return idle;
    }
}
