package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

class InferenceModeTest {

    private static final SegmentationNetwork DEEP =
            NetworkCatalog.build(NetworkSpec.parse("unetpp-vgg:base=2,deep-supervision=true"));
    private static final SegmentationNetwork PLAIN = NetworkCatalog.build(NetworkSpec.parse("unetpp-vgg:base=2"));

    @Test
    void printsAsItIsRead() {
        for (String text : List.of("fast", "accurate", "L1", "L4")) {
            assertThat(InferenceMode.parse(text)).hasToString(text);
        }
        assertThat(InferenceMode.parse("l3")).isEqualTo(InferenceMode.pruned(3));
        for (String wrong : List.of("", "L", "L0", "L12", "slow")) {
            assertThatThrownBy(() -> InferenceMode.parse(wrong)).hasMessageContaining("was \"" + wrong + "\"");
        }
    }

    @Test
    void choosesTheHeadsOfANetwork() {
        assertThat(InferenceMode.FAST.heads(DEEP)).containsExactly(3);
        assertThat(InferenceMode.FAST.heads(PLAIN)).containsExactly(0);
        assertThat(InferenceMode.pruned(1).heads(DEEP)).containsExactly(0);
        assertThat(InferenceMode.ACCURATE.heads(DEEP)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void refusesLevelsThatANetworkDoesNotHave() {
        for (SegmentationNetwork network : List.of(DEEP, PLAIN)) {
            assertThatThrownBy(() -> InferenceMode.pruned(5).heads(network))
                    .hasMessageStartingWith("pruning to L5 needs a network with")
                    .hasMessageEndingWith(network.spec().toString());
        }
        assertThatThrownBy(() -> InferenceMode.ACCURATE.heads(PLAIN)).hasMessageStartingWith("mode accurate needs");
    }

    @Test
    void aDescriptionRemembersTheModeAndNothingElse() {
        NetworkDescription plain = new NetworkDescription("unetpp-vgg", Map.of("base", "2"));
        NetworkDescription described = plain;
        for (InferenceMode mode :
                List.of(InferenceMode.ACCURATE, InferenceMode.pruned(2), InferenceMode.ACCURATE, InferenceMode.FAST)) {
            described = mode.describe(described);
            assertThat(InferenceMode.of(described)).isEqualTo(mode);
            assertThat(described.options()).hasSize(mode.equals(InferenceMode.FAST) ? 1 : 2);
        }
        assertThat(described).isEqualTo(plain);
        assertThat(InferenceMode.of(plain)).isEqualTo(InferenceMode.FAST);
    }

    @Test
    void theNetworksOwnAnswerIsAlwaysCalledFast() {
        assertThat(InferenceMode.pruned(4).simplestFor(DEEP)).isEqualTo(InferenceMode.FAST);
        assertThat(InferenceMode.pruned(3).simplestFor(DEEP)).isEqualTo(InferenceMode.pruned(3));
        assertThat(InferenceMode.ACCURATE.simplestFor(DEEP)).isEqualTo(InferenceMode.ACCURATE);
    }
}
