package org.lesionstream.trainer.precision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lesionstream.trainer.export.TorchScriptModule;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.DropUnused;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.GraphPass;
import org.lesionstream.trainer.graph.MixedPrecision;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.graph.UpConvolutionAsProduct;
import org.lesionstream.trainer.graph.WeightsAsInputs;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * A network that trains in bfloat16 and keeps its weights in 32-bit floats: {@code [N, C, H, W]} in, logits {@code [N, K, h, w]} of each head out.
 *
 * <ul>
 *   <li>A forward of training runs as TorchScript, traced from the network, which gets the weights with every call; the engine goes back through it to their gradients.
 *       Arrays of Java cannot do it themselves: the bridge ends the process when one of them becomes bfloat16.
 *   <li>Any other forward is the network's own. Its parameters are the network's, under the same names, and so are the statistics of batch normalisation,
 *       which move as ever.
 *   <li>Height and width are fixed, the number of images is free.
 * </ul>
 */
public final class MixedPrecisionBlock extends AbstractBlock {
    private final SegmentationNetwork network;
    private final List<Parameter> weights;
    private final TorchScriptModule forward;

    private MixedPrecisionBlock(SegmentationNetwork network, List<Parameter> weights, TorchScriptModule forward) {
        this.network = network;
        this.weights = weights;
        this.forward = forward;
    }

    /**
     * Traces a network.
     *
     * @param network initialised
     * @param manager whose end is that of the block
     * @throws UnsupportedOperationException naming what the network does that cannot be recorded
     * @throws IOException when the temporary file of the trace cannot be written
     */
    public static MixedPrecisionBlock of(SegmentationNetwork network, int height, int width, NDManager manager)
            throws IOException {
        return of(network, height, width, manager, ScalarType.BFLOAT16);
    }

    /** In another type, which tells rounding apart from mistakes of the trace. */
    static MixedPrecisionBlock of(
            SegmentationNetwork network, int height, int width, NDManager manager, ScalarType type) throws IOException {
        Graph traced = new DropUnused().apply(Tracer.traceTraining(network, height, width));
        Map<String, Parameter> parameters = network.stateDict();
        List<Parameter> weights = traced.weights().stream()
                .map(weight -> parameters.get(weight.name()))
                .toList();
        GraphPass passes =
                GraphPass.inOrder(new WeightsAsInputs(), new UpConvolutionAsProduct(), new MixedPrecision(type));
        TorchScriptModule forward = load(passes.apply(traced));
        manager.attachInternal(UUID.randomUUID().toString(), forward);
        return new MixedPrecisionBlock(network, weights, forward);
    }

    private static TorchScriptModule load(Graph graph) throws IOException {
        Path file = Files.createTempFile("lesionstream-training-", ".pt");
        try {
            TorchScriptWriter.write(graph, file);
            return TorchScriptModule.load(file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList images, boolean training, PairList<String, Object> parameters) {
        if (!training) {
            return network.forward(store, images, false);
        }
        NDArray image = images.singletonOrThrow();
        NDList inputs = new NDList(image);
        weights.forEach(weight -> inputs.add(store.getValue(weight, image.getDevice(), true)));
        return forward.train(image.getManager(), inputs);
    }

    @Override
    public ParameterList getParameters() {
        return network.getParameters();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return network.getOutputShapes(inputShapes);
    }
}
