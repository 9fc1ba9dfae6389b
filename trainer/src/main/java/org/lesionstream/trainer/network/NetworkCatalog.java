package org.lesionstream.trainer.network;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The networks that can be built, by name: one line each, plus the names that a family of them has. */
public final class NetworkCatalog {
    private static final Map<String, Function<NetworkSpec, SegmentationNetwork>> NETWORKS = new TreeMap<>();

    static {
        for (UNetKind kind : UNetKind.values()) {
            NETWORKS.put(kind.text(), spec -> new UNet(new UNetBuilder(kind, spec)));
        }
        for (NestedBlocks style : NestedBlocks.values()) {
            NETWORKS.put(style.text(), spec -> UNetPlusPlus.build(style, spec));
        }
        NETWORKS.put(UNetV2.NAME, UNetV2::build);
        NETWORKS.put(Ensemble.NAME, Ensemble::build);
        NETWORKS.put(U2Net.NAME, U2Net::build);
        NETWORKS.put(U2Net.SMALL_NAME, U2Net::build);
    }

    private NetworkCatalog() {}

    /** Names that {@link #build} knows, sorted. */
    public static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(NETWORKS.keySet()));
    }

    /**
     * A network with the initialisation of its published code chosen but not yet carried out: {@code initialize} draws the weights, or the weights of a
     * checkpoint are set.
     *
     * @throws IllegalArgumentException when the name or one of its options is unknown
     */
    public static SegmentationNetwork build(NetworkSpec spec) {
        Function<NetworkSpec, SegmentationNetwork> network = NETWORKS.get(spec.name());
        if (network == null) {
            throw new IllegalArgumentException("unknown network \"" + spec.name() + "\", known are "
                    + names().stream().collect(joining(", ")));
        }
        return network.apply(spec);
    }
}
