package org.lesionstream.trainer.golden;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.export.ExportPasses;
import org.lesionstream.trainer.export.TorchScriptModule;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.ArrayValues;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.StateDict;

/** A network with given weights in both its forms, the block and its exported fp32 file, which are asked the same. Owns native memory until closed. */
final class NetworkRun implements AutoCloseable {
    private final SegmentationNetwork network;
    private final boolean sigmoid;
    private final NDManager manager = NDManager.newBaseManager();
    private final TorchScriptModule file;

    /**
     * @param weights exactly those of the network
     * @param image shape of the images to come
     * @param sigmoid whether the outputs to compare have gone through a sigmoid
     */
    NetworkRun(SegmentationNetwork network, Map<String, FloatTensor> weights, Shape image, boolean sigmoid)
            throws IOException {
        this.network = network;
        this.sigmoid = sigmoid;
        StateDict.load(network, weights, manager, image);
        Path exported = Files.createTempFile("golden", ".pt");
        try {
            TorchScriptWriter.write(
                    ExportPasses.of(Precision.FP32).apply(Tracer.trace(network, image.get(2), image.get(3))), exported);
            this.file = TorchScriptModule.load(exported);
        } finally {
            Files.delete(exported);
        }
    }

    /** What the block says. */
    List<FloatTensor> block(FloatTensor image) {
        try (NDManager scope = manager.newSubManager()) {
            return plain(network.forward(new ParameterStore(scope, false), images(scope, image), false));
        }
    }

    /** What the exported file says. */
    List<FloatTensor> export(FloatTensor image) {
        try (NDManager scope = manager.newSubManager()) {
            return plain(file.run(scope, images(scope, image)));
        }
    }

    private static NDList images(NDManager scope, FloatTensor image) {
        return new NDList(scope.create(image.values(), new Shape(image.shape())));
    }

    private List<FloatTensor> plain(NDList heads) {
        return heads.stream()
                .map(head -> sigmoid ? Activation.sigmoid(head) : head)
                .map(ArrayValues::of)
                .toList();
    }

    @Override
    public void close() {
        file.close();
        manager.close();
    }
}
