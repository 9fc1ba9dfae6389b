package org.lesionstream.trainer.export;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * Which heads of a network answer in service. Deep supervision leaves a choice: in the <i>fast</i> mode of the UNet++ paper one head answers, in the
 * <i>accurate</i> one the average of the probabilities of all heads. What no answering head needs is left out of the files.
 *
 * <p>A version remembers its mode among the options of its network, as {@code pruned=L2} or {@code mode=accurate}, since its weights are still those of the
 * whole network. Fast with the network's own answer is the usual mode and goes without saying.
 *
 * @param kind which of the three
 * @param level of {@link Kind#PRUNED}: 1 keeps X(0, 1) and what it needs, the L<sup>1</sup> of the paper, and so on; 0 for the others
 */
public record InferenceMode(Kind kind, int level) {

    /** The ways to answer. */
    public enum Kind {
        /** The head that the network names as its answer. */
        FAST,
        /** The head of a level, so that the network is pruned to what that head needs. */
        PRUNED,
        /** All heads. */
        ACCURATE
    }

    /** The network's own answer. */
    public static final InferenceMode FAST = new InferenceMode(Kind.FAST, 0);

    /** The mean of the probabilities of all heads. */
    public static final InferenceMode ACCURATE = new InferenceMode(Kind.ACCURATE, 0);

    private static final String PRUNED_OPTION = "pruned";
    private static final String MODE_OPTION = "mode";

    public InferenceMode {
        if ((kind == Kind.PRUNED) != (level > 0)) {
            throw new IllegalArgumentException(kind + " has no level " + level);
        }
    }

    /** One head, with what it needs. */
    public static InferenceMode pruned(int level) {
        return new InferenceMode(Kind.PRUNED, level);
    }

    /**
     * Reads the text form.
     *
     * @param text {@code fast}, {@code accurate} or a level such as {@code L2}, in letters of any size
     */
    public static InferenceMode parse(String text) {
        if (text.equalsIgnoreCase(FAST.toString())) {
            return FAST;
        }
        if (text.equalsIgnoreCase(ACCURATE.toString())) {
            return ACCURATE;
        }
        if (!text.matches("[lL][1-9]")) {
            throw new IllegalArgumentException("must be fast, accurate or a level such as L2, was \"" + text + "\"");
        }
        return pruned(text.charAt(1) - '0');
    }

    /** The mode of a published version. */
    public static InferenceMode of(NetworkDescription network) {
        return Optional.ofNullable(network.options().get(PRUNED_OPTION))
                .or(() -> Optional.ofNullable(network.options().get(MODE_OPTION)))
                .map(InferenceMode::parse)
                .orElse(FAST);
    }

    /** The same network, described as answering in this mode. */
    public NetworkDescription describe(NetworkDescription network) {
        Map<String, String> options = new TreeMap<>(network.options());
        options.remove(PRUNED_OPTION);
        options.remove(MODE_OPTION);
        switch (kind) {
            case FAST -> {}
            case PRUNED -> options.put(PRUNED_OPTION, toString());
            case ACCURATE -> options.put(MODE_OPTION, toString());
        }
        return new NetworkDescription(network.name(), options);
    }

    /** The same mode for this network, with its own answer always called fast. */
    public InferenceMode simplestFor(SegmentationNetwork network) {
        int[] heads = heads(network);
        return heads.length == 1 && heads[0] == network.answeringHead() ? FAST : this;
    }

    /**
     * The answering heads, counted from 0: one decides by its logits, several by the mean of their probabilities.
     *
     * @throws IllegalArgumentException when the network cannot answer in this mode
     */
    public int[] heads(SegmentationNetwork network) {
        return switch (kind) {
            case FAST -> new int[] {network.answeringHead()};
            case PRUNED ->
                new int[] {network.headOfPruning(level).orElseThrow(() -> refusal("pruning to " + this, network))};
            case ACCURATE -> {
                if (network.heads() < 2 || !headsAreOfOneSize(network)) {
                    throw refusal("mode accurate", network);
                }
                yield IntStream.range(0, network.heads()).toArray();
            }
        };
    }

    private static boolean headsAreOfOneSize(SegmentationNetwork network) {
        int side = network.inputRule().smallest();
        Shape[] shapes = network.getOutputShapes(new Shape[] {new Shape(1, network.channels(), side, side)});
        return Arrays.stream(shapes).distinct().count() == 1;
    }

    private static IllegalArgumentException refusal(String what, SegmentationNetwork network) {
        return new IllegalArgumentException(what
                + " needs a network with deep supervision and such heads, all of one size (unetpp-vgg:deep-supervision=true has L1 to L4), was "
                + network.spec());
    }

    @Override
    public String toString() {
        return switch (kind) {
            case FAST -> "fast";
            case PRUNED -> "L" + level;
            case ACCURATE -> "accurate";
        };
    }
}
