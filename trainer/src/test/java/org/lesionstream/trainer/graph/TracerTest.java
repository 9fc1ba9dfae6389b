package org.lesionstream.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.network.StrangeNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

class TracerTest {

    @Test
    void refusesByNameWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Tracer.trace(new StrangeNetwork(x -> x.tan()), 16, 16))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NDArray.tan");
        assertThatThrownBy(() -> Tracer.trace(
                        new StrangeNetwork(x -> x.getNDArrayInternal().selu()), 16, 16))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NDArrayEx.selu");
    }

    @Test
    void refusesArraysThatTheNetworkBroughtAlong() {
        try (NDManager manager = NDManager.newBaseManager()) {
            StrangeNetwork network =
                    new StrangeNetwork(x -> manager.ones(new ai.djl.ndarray.types.Shape(1, 1, 16, 16)));

            assertThatThrownBy(() -> Tracer.trace(network, 16, 16)).hasMessageContaining("an array of its own");
        }
    }

    @Test
    void recordsStepsWeightsAndShapes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build("unet-same:base=2,classes=3", manager, 50, 70, 1);

            Graph graph = Tracer.trace(network, 50, 70);

            assertThat(graph.inputs()).extracting(Value::shape).containsExactly(List.of(1L, 3L, 50L, 70L));
            assertThat(graph.outputs()).extracting(Value::shape).containsExactly(List.of(1L, 3L, 50L, 70L));
            assertThat(graph.weights())
                    .extracting(Weight::name)
                    .containsExactlyInAnyOrderElementsOf(network.stateDict().keySet());
            assertThat(graph.nodes())
                    .filteredOn(node -> node.is("aten::max_pool2d"))
                    .hasSize(4);
            // 50 and 70 lose a row or a column at some level, which the way up pads again
            assertThat(graph.nodes())
                    .filteredOn(node -> node.is("aten::constant_pad_nd"))
                    .isNotEmpty();
        }
    }
}
