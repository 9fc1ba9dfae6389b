package org.lesionstream.trainer.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.loss.Target;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.optimizer.ArrayCopies;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.Optimizer;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.precision.MixedPrecisionBlock;

/** A network that is trained on one batch again and again, with cross entropy and Adam. Owns native memory until closed. */
final class TrainedNetwork implements AutoCloseable {
    private static final float BYTE = 255;
    private static final double RATE = 1e-4;
    private static final double NANOS_PER_MILLI = 1e6;

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);
    private final DeepSupervision loss = new DeepSupervision(LossCatalog.parse("cross-entropy"), HeadWeights.MEAN);
    private final SegmentationNetwork network;
    private final Block trained; // the network as the variant computes it
    private final Map<String, NDArray> learning = new LinkedHashMap<>();
    private final Optimizer optimizer;
    private final NDArray[] lent;
    private final NDList images;
    private final Target target;

    TrainedNetwork(BenchmarkCase setting, StepVariant variant) throws IOException {
        network = NetworkCatalog.build(setting.network());
        network.initialize(manager, DataType.FLOAT32, setting.images());
        List<NDArray> arrays = new ArrayList<>();
        for (Map.Entry<String, Parameter> entry : network.stateDict().entrySet()) {
            Parameter parameter = entry.getValue();
            if (variant == StepVariant.CHANNELS_LAST) {
                FilterLayout.channelsLast(parameter.getArray());
            }
            NDArray array = store.getValue(parameter, manager.getDevice(), true);
            arrays.add(array);
            if (parameter.requiresGradient()) {
                learning.put(entry.getKey(), array);
            }
        }
        optimizer = new Optimizer(OptimizerRule.parse("adam"), GradientClip.NONE, learning, manager);
        arrays.addAll(optimizer.slots());
        lent = arrays.toArray(NDArray[]::new);
        trained = variant == StepVariant.MIXED
                ? MixedPrecisionBlock.of(network, setting.height(), setting.width(), manager)
                : network;
        images = new NDList(images(setting, variant));
        target = new Target(classes(setting), Optional.empty());
    }

    private NDArray images(BenchmarkCase setting, StepVariant variant) {
        byte[] bytes = setting.pixels();
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (bytes[i] & 0xff) / BYTE;
        }
        return variant == StepVariant.CHANNELS_FIRST || variant == StepVariant.MIXED
                ? manager.create(pixels, setting.images())
                : manager.create(
                                pixels,
                                new Shape(setting.batch(), setting.height(), setting.width(), setting.channels()))
                        .transpose(0, 3, 1, 2);
    }

    /** Classes in turn, pixel by pixel; of one class, foreground at every second pixel. */
    private NDArray classes(BenchmarkCase setting) {
        Shape shape = network.getOutputShapes(new Shape[] {setting.images()})[network.answeringHead()];
        float[] values = new float[(int) shape.size()];
        int plane = (int) (shape.get(2) * shape.get(3));
        int maps = (int) shape.get(1);
        for (int i = 0; i < values.length; i++) {
            int pixel = i % plane;
            int map = i / plane % maps;
            values[i] = pixel % Math.max(2, maps) == map ? 1 : 0;
        }
        return manager.create(values, shape);
    }

    /** One step. */
    StepTiming.Phases step() {
        long start = System.nanoTime();
        long forward;
        long lossDone;
        long backward;
        try (NDManager scope = manager.newSubManager()) {
            scope.tempAttachAll(lent);
            images.tempAttach(scope);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDList heads = trained.forward(store, images, true);
                forward = System.nanoTime();
                NDArray value = loss.of(heads, target);
                value.getFloat();
                lossDone = System.nanoTime();
                gradients.backward(value);
                backward = System.nanoTime();
            }
            optimizer.step(RATE);
        }
        long end = System.nanoTime();
        return new StepTiming.Phases(
                (forward - start) / NANOS_PER_MILLI,
                (lossDone - forward) / NANOS_PER_MILLI,
                (backward - lossDone) / NANOS_PER_MILLI,
                (end - backward) / NANOS_PER_MILLI);
    }

    /** Copies of the weights that learn, by name. */
    Map<String, FloatTensor> weights() {
        return ArrayCopies.read(learning);
    }

    @Override
    public void close() {
        manager.close();
    }
}
