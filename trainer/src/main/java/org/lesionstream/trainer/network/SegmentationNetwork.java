package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A network that gives each pixel its logits: images {@code [N, channels, H, W]} in, one array {@code [N, classes, H, W]} per head out.
 *
 * <ul>
 *   <li>Heads come in the order of the published code; {@link #answeringHead} is the network's answer, the others exist for deep supervision.
 *   <li>One class means a sigmoid head, lesion or not; two and more mean softmax with class 0 as background.
 *   <li>Images hold samples that were normalised outside; logits are neither squashed nor thresholded.
 * </ul>
 */
public abstract class SegmentationNetwork extends Part {
    private final NetworkSpec spec;
    private final int channels;
    private final int classes;

    SegmentationNetwork(NetworkSpec spec) {
        this.spec = spec;
        this.channels = spec.count("channels", 3);
        this.classes = spec.count("classes", 1);
    }

    /** The text this network was built from. */
    public final NetworkSpec spec() {
        return spec;
    }

    /** Channels of an input image. */
    public final int channels() {
        return channels;
    }

    /** Output maps of each head: one for a sigmoid head, all classes with the background for softmax. */
    public final int classes() {
        return classes;
    }

    /** Number of heads, at least one. */
    public abstract int heads();

    /**
     * The logits of every head.
     *
     * @param image {@code [N, channels, H, W]}, of a size that {@link #inputRule} allows
     */
    abstract NDList logits(Pass pass, NDArray image);

    @Override
    final NDList compute(Pass pass, NDList images) {
        NDArray image = images.singletonOrThrow();
        inputRule().require(image.getShape().get(2), image.getShape().get(3));
        return logits(pass, image);
    }

    /** Which head is the network's answer, counted from 0. */
    public int answeringHead() {
        return heads() - 1;
    }

    /** The head that answers when the network is pruned to a level of the UNet++ paper, L1 and on; empty where that cannot be done. */
    public OptionalInt headOfPruning(int level) {
        return OptionalInt.empty();
    }

    /** Which sizes of images it takes. */
    public abstract InputRule inputRule();

    /**
     * Whether a pixel of the answer may depend on every pixel of the image, through attention, global pooling or statistics of the image. Tiles of such a
     * network cannot agree with the whole image, whatever their overlap.
     */
    public boolean seesWholeImage() {
        return false;
    }

    /** Tile starts must be multiples of this many pixels for tiles to see the same pooling grid as the whole image. */
    public final int alignment() {
        return inputRule().grid();
    }

    /**
     * Pixels from the border of a tile within which its output depends on what lies outside: half the receptive field, rounded up to the alignment. Networks
     * that lose their border lose exactly these. Without meaning for one that sees the whole image.
     */
    public int margin() {
        return inputRule().lost() > 0 ? inputRule().lost() / 2 : 6 * alignment();
    }

    /** What the names of all parameters of the encoder begin with, where it can be pre-trained by itself. */
    public Optional<String> encoderPrefix() {
        return Optional.empty();
    }

    /** Names of parameters that exist for the sake of published files alone: no output depends on them. */
    public Set<String> withoutInfluence() {
        return Set.of();
    }

    /**
     * Parameters and normalisation statistics under the names of the published state dict, in the order of construction.
     *
     * <p>A name is the path of child names down to the layer, and the word PyTorch has for the parameter.
     */
    public final Map<String, Parameter> stateDict() {
        Map<String, Parameter> found = new LinkedHashMap<>();
        collect("", this, found);
        return Collections.unmodifiableMap(found);
    }

    private static void collect(String path, Block block, Map<String, Parameter> found) {
        block.getDirectParameters().forEach(pair -> found.put(path + referenceName(pair.getValue()), pair.getValue()));
        BlockList children = block.getChildren();
        for (int i = 0; i < children.size(); i++) {
            String ordinal = String.format(Locale.ROOT, "%02d", i + 1); // DJL numbers the children it is given
            String name = children.get(i).getKey().substring(ordinal.length());
            collect(name.equals(UNNAMED) ? path : path + name + ".", children.valueAt(i), found);
        }
    }

    private static String referenceName(Parameter parameter) {
        return switch (parameter.getType()) {
            case WEIGHT, GAMMA -> "weight";
            case BIAS, BETA -> "bias";
            case RUNNING_MEAN -> "running_mean";
            case RUNNING_VAR -> "running_var";
            case OTHER -> parameter.getName();
        };
    }

    /** One for each head, all of the same size unless a network says otherwise. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape image = inputShapes[0];
        long lost = inputRule().lost();
        Shape[] outputs = new Shape[heads()];
        java.util.Arrays.fill(outputs, new Shape(image.get(0), classes, image.get(2) - lost, image.get(3) - lost));
        return outputs;
    }
}
