package org.lesionstream.trainer.export;

import static org.lesionstream.trainer.graph.Argument.Constant.flag;
import static org.lesionstream.trainer.graph.Argument.Constant.real;
import static org.lesionstream.trainer.graph.Argument.Constant.whole;
import static org.lesionstream.trainer.graph.ScalarType.BOOL;
import static org.lesionstream.trainer.graph.ScalarType.FLOAT32;
import static org.lesionstream.trainer.graph.ScalarType.INT64;
import static org.lesionstream.trainer.graph.ScalarType.INT8;
import static org.lesionstream.trainer.graph.ScalarType.UINT8;

import java.util.List;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.GraphBuilder;
import org.lesionstream.trainer.graph.Node;
import org.lesionstream.trainer.graph.Operators;
import org.lesionstream.trainer.graph.Value;

/**
 * Puts what a worker needs around a network: bytes of a tile in, bytes of an answer out, so that a worker knows nothing of networks.
 *
 * <ul>
 *   <li>In: {@code uint8 [N, H, W, C]}; for 16-bit samples {@code [N, H, W, 2C]}, low byte first. The network sees (x - mean) / deviation, channel by
 *       channel, the map it was trained with.
 *   <li>Out, {@link #labels}: {@code label uint8 [N, h, w]} and {@code confidence uint8 [N, h, w]}, the probability of the chosen class times 255, rounded.
 *   <li>Out, {@link #probabilities}: {@code uint8 [N, K, h, w]}, probabilities times 255, rounded.
 *   <li>A network with one map has a sigmoid head: label 1 where the probability reaches the threshold. With several maps the most probable one wins.
 *   <li>A network that answers with probabilities is taken at its word.
 *   <li>Probabilities are computed in 32-bit floats whatever the network's precision.
 * </ul>
 */
public final class ServingGraph {
    private final InputSpec input;
    private final Graph network;
    private final Normalisation normalisation;
    private final NetworkAnswer answer;
    private final GraphBuilder graph = new GraphBuilder();
    private final Operators operators = new Operators(graph);

    private ServingGraph(Graph network, InputSpec input, Normalisation normalisation, NetworkAnswer answer) {
        if (network.outputs().size() != 1) {
            throw new IllegalArgumentException("a network is served with one head, this one has "
                    + network.outputs().size());
        }
        Value image = network.inputs().get(0);
        if (image.extent(1) != input.channels()
                || image.extent(2) != input.height()
                || image.extent(3) != input.width()) {
            throw new IllegalArgumentException("the network was traced with " + image.shape() + ", the input is "
                    + input.channels() + " x " + input.height() + " x " + input.width());
        }
        if (normalisation.mean().size() != input.channels()) {
            throw new IllegalArgumentException("normalisation must have one mean per channel, has "
                    + normalisation.mean().size() + " for " + input.channels());
        }
        this.network = network;
        this.normalisation = normalisation;
        this.input = input;
        this.answer = answer;
    }

    /** The graph that answers with labels and confidences. */
    public static Graph labels(Graph network, InputSpec input, Normalisation normalisation, double threshold) {
        return new ServingGraph(network, input, normalisation, NetworkAnswer.LOGITS).labels(threshold);
    }

    /** The graph that answers with the probabilities themselves. */
    public static Graph probabilities(Graph network, InputSpec input, Normalisation normalisation) {
        return new ServingGraph(network, input, normalisation, NetworkAnswer.LOGITS).probabilities();
    }

    /** The graph that answers as a checkpoint's manifest says. */
    public static Graph of(Graph network, InputSpec input, Normalisation normalisation, OutputSpec output) {
        return of(network, NetworkAnswer.LOGITS, input, normalisation, output);
    }

    /** The same for a network whose output maps may mean something else than logits. */
    public static Graph of(
            Graph network, NetworkAnswer answer, InputSpec input, Normalisation normalisation, OutputSpec output) {
        ServingGraph serving = new ServingGraph(network, input, normalisation, answer);
        return switch (output.kind()) {
            case LABELS -> serving.labels(output.threshold());
            case PROBABILITIES -> serving.probabilities();
        };
    }

    private Graph labels(double threshold) {
        Value maps = maps();
        return graph.build(maps.extent(1) == 1 ? thresholded(maps, threshold) : mostProbable(maps));
    }

    private Graph probabilities() {
        Value maps = maps();
        return graph.build(List.of(bytes(probability(maps, maps.extent(1)))));
    }

    /** Probabilities of all maps, or of what was selected of them. */
    private Value probability(Value part, long maps) {
        return switch (answer) {
            case LOGITS ->
                maps == 1
                        ? operators.pointwise("aten::sigmoid", part)
                        : operators.pointwise("aten::softmax", part, whole(1));
            case PROBABILITIES -> part;
        };
    }

    private Value maps() {
        Value image = graph.input(
                UINT8,
                1,
                input.height(),
                input.width(),
                (long) input.channels() * input.type().bytesPerSample());
        return graph.append(network, normalised(image)).get(0); // [N, K, h, w]
    }

    private Value normalised(Value bytes) {
        Value numbers =
                switch (input.type()) {
                    case UINT8 -> operators.cast(bytes, FLOAT32);
                    case INT16 -> pairs(bytes);
                }; // [N, H, W, C]
        Value centred = operators.pointwise("aten::sub", numbers, perChannel("mean", normalisation.mean()));
        Value scaled = operators.pointwise("aten::div", centred, perChannel("deviation", normalisation.deviation()));
        return operators.permute(scaled, 0, 3, 1, 2); // [N, C, H, W], channels last in memory
    }

    /** Low and high bytes to signed numbers: low + 256 high, where the high byte carries the sign. */
    private Value pairs(Value bytes) {
        Value pairs = operators.reshape(bytes, -1, input.height(), input.width(), input.channels(), 2);
        Value low = operators.cast(operators.select(pairs, 4, 0), FLOAT32);
        Value high = operators.cast(operators.cast(operators.select(pairs, 4, 1), INT8), FLOAT32);
        return operators.pointwise("aten::add", low, operators.pointwise("aten::mul", high, real(256)));
    }

    private Value perChannel(String name, List<Double> values) {
        float[] numbers = new float[values.size()];
        for (int channel = 0; channel < numbers.length; channel++) {
            numbers[channel] = values.get(channel).floatValue();
        }
        return graph.weight("normalisation." + name, new FloatTensor(new long[] {numbers.length}, numbers)); // [C]
    }

    private List<Value> thresholded(Value maps, double threshold) {
        Value lesion = probability(operators.select(maps, 1, 0), 1); // [N, h, w]
        Value label = graph.call("aten::ge", BOOL, image(maps), lesion, real(threshold));
        Value other = operators.pointwise("aten::rsub", lesion, real(1), whole(1)); // 1 - p
        Value chosen = graph.call("aten::where", FLOAT32, image(maps), label, lesion, other);
        return List.of(operators.cast(label, UINT8), bytes(chosen));
    }

    private List<Value> mostProbable(Value maps) {
        Value probability = probability(maps, maps.extent(1));
        Value chosen = graph.fresh(FLOAT32, image(maps));
        Value label = graph.fresh(INT64, image(maps));
        graph.call(new Node("aten::max", List.of(probability, whole(1), flag(false)), List.of(chosen, label)));
        return List.of(operators.cast(label, UINT8), bytes(chosen));
    }

    private Value bytes(Value probability) {
        return operators.cast(
                operators.pointwise("aten::round", operators.pointwise("aten::mul", probability, real(255))), UINT8);
    }

    private static long[] image(Value maps) {
        return new long[] {maps.extent(0), maps.extent(2), maps.extent(3)};
    }
}
