package org.lesionstream.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationMemoryTest {

    private static final long[] TEN = {1, 10};

    private final GraphBuilder graph = new GraphBuilder();
    private final Value image = graph.input(ScalarType.FLOAT32, TEN);

    @Test
    void anArrayLivesUntilItsLastReader() {
        Value a = call("aten::relu", TEN, image);
        Value b = call("aten::relu", TEN, a);
        Value c = call("aten::relu", TEN, b);
        Value d = call("aten::relu", TEN, c);

        assertThat(ActivationMemory.of(graph.build(List.of(d)), 1)).isEqualTo(new ActivationMemory(20, 50));
    }

    @Test
    void aSkipConnectionLivesOn() {
        Value skip = call("aten::relu", TEN, image); // image, skip
        Value small = call("aten::max_pool2d", new long[] {1, 2}, skip); // skip, small
        Value deep = call("aten::relu", new long[] {1, 2}, small); // skip, small, deep
        Value up = call("aten::upsample_bilinear2d", TEN, deep); // skip, deep, up
        Value both =
                graph.call("aten::cat", ScalarType.FLOAT32, new long[] {1, 20}, new Argument.Values(List.of(skip, up)));
        Value head = call("aten::relu", new long[] {1, 1}, both);

        assertThat(ActivationMemory.of(graph.build(List.of(head)), 3))
                .isEqualTo(new ActivationMemory(3 * 40, 3 * (10 + 10 + 2 + 2 + 10 + 20 + 1)));
    }

    @Test
    void viewsAndResultsInPlaceTakeNothingAndKeepWhatTheyLookAtAlive() {
        Value a = call("aten::conv2d", TEN, image);
        Value inPlace = call("aten::relu_", TEN, a);
        Value view = call("aten::reshape", new long[] {1, 2, 5}, inPlace);
        Value other = call("aten::gelu", TEN, image); // image, a, other
        Value sum = call("aten::add", new long[] {1, 2, 5}, view, other); // a, other, sum

        assertThat(ActivationMemory.of(graph.build(List.of(sum)), 1)).isEqualTo(new ActivationMemory(30, 40));
    }

    @Test
    void outputsLiveToTheEndAndWeightsAreNotCounted() {
        Value weight = graph.weight("w", new FloatTensor(new long[] {100}, new float[100]));
        Value flat = call("aten::reshape", new long[] {10, 10}, weight);
        Value computed = call("aten::relu", new long[] {10, 10}, flat); // once, however many images
        Value early = call("aten::linear", TEN, image, computed);
        Value late = call("aten::gelu", TEN, early);
        Value last = call("aten::gelu", TEN, late);

        assertThat(ActivationMemory.of(graph.build(List.of(early, last)), 2))
                .isEqualTo(new ActivationMemory(100 + 2 * 20, 100 + 2 * 40));
    }

    @Test
    void refusesABatchWithoutImages() {
        Graph nothing = graph.build(List.of(image));

        assertThatThrownBy(() -> ActivationMemory.of(nothing, 0)).hasMessage("batch must be positive, was 0");
    }

    private Value call(String operator, long[] shape, Argument... arguments) {
        return graph.call(operator, ScalarType.FLOAT32, shape, arguments);
    }
}
