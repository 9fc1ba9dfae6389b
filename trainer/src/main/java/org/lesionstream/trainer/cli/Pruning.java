package org.lesionstream.trainer.cli;

import java.util.Map;
import java.util.TreeMap;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * How much of a UNet++ with deep supervision is kept: what the head of X(0, 1), X(0, 2), X(0, 3) or X(0, 4) needs, the L<sup>1</sup> to L<sup>4</sup> of its
 * paper. L4 is the whole network.
 *
 * <p>A version remembers its pruning among the options of its network, since its weights are still those of the whole network.
 */
enum Pruning {
    L1(0),
    L2(1),
    L3(2),
    L4(3);

    private static final String OPTION = "pruned";

    private final int head;

    Pruning(int head) {
        this.head = head;
    }

    /** What a version was pruned to; L4 where nothing is said. */
    static Pruning of(NetworkDescription network) {
        return valueOf(network.options().getOrDefault(OPTION, L4.name()));
    }

    /** The head that answers, counted from 0. */
    int head(SegmentationNetwork network) {
        if (this == L4) {
            return network.heads() - 1;
        }
        if (network.heads() != values().length) {
            throw new IllegalArgumentException("pruning to " + this
                    + " needs a network with deep supervision (unetpp-vgg:deep-supervision=true), was "
                    + network.spec());
        }
        return head;
    }

    /** The same network, described as pruned. */
    NetworkDescription describe(NetworkDescription network) {
        Map<String, String> options = new TreeMap<>(network.options());
        options.remove(OPTION);
        if (this != L4) {
            options.put(OPTION, name());
        }
        return new NetworkDescription(network.name(), options);
    }
}
