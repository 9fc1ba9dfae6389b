package org.lesionstream.trainer.network;

import static java.util.stream.Collectors.joining;

import java.util.SortedSet;
import java.util.TreeSet;

/** The networks that can be built, by name. */
public final class NetworkCatalog {
    private NetworkCatalog() {}

    /** Names that {@link #build} knows, sorted. */
    public static SortedSet<String> names() {
        return new TreeSet<>(java.util.Set.of(UNet.NAME, UNetPlusPlus.NAME));
    }

    /**
     * A network with PyTorch's default initialisation chosen but not yet carried out: {@code initialize} draws the weights, or the weights of a
     * checkpoint are set.
     *
     * @throws IllegalArgumentException when the name or one of its options is unknown
     */
    public static SegmentationNetwork build(NetworkSpec spec) {
        return switch (spec.name()) {
            case UNet.NAME -> UNet.build(spec);
            case UNetPlusPlus.NAME -> UNetPlusPlus.build(spec);
            default ->
                throw new IllegalArgumentException("unknown network \"" + spec.name() + "\", known are "
                        + names().stream().collect(joining(", ")));
        };
    }
}
