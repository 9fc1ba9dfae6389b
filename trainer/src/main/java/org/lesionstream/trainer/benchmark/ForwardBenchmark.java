package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.export.ExportPasses;
import org.lesionstream.trainer.export.ServingGraph;
import org.lesionstream.trainer.export.TorchScriptModule;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * Times one forward of a network with random weights, as a block run eagerly and as its exported files.
 *
 * <ul>
 *   <li>The three take turns in every round, so that a busy machine slows all alike; the first two rounds warm up and are not counted.
 *   <li>The files do more than the block: from bytes to labels and confidences. The block gets finished floats and gives logits.
 *   <li>Each timing ends with the result in Java.
 * </ul>
 */
public final class ForwardBenchmark {
    private static final int WARM_UP_ROUNDS = 2;
    private static final int SEED = 1;

    private final NetworkSpec spec;
    private final int batch;
    private final int size;

    /** Least and median time of one forward in milliseconds. */
    public record Timing(double minMillis, double medianMillis) {
        static Timing of(List<Double> millis) {
            List<Double> sorted = new ArrayList<>(millis);
            Collections.sort(sorted);
            return new Timing(sorted.get(0), sorted.get(sorted.size() / 2));
        }
    }

    /** The three, side by side. */
    public record Report(Timing block, Timing fp32, Timing bf16) {}

    /**
     * Prepares a comparison.
     *
     * @param batch images at once, at least 1
     * @param size rows and columns of each, at least 1; the batch must fit into one Java array
     */
    public ForwardBenchmark(NetworkSpec spec, int batch, int size) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be positive, was " + batch);
        }
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive, was " + size);
        }
        this.spec = spec;
        this.batch = batch;
        this.size = size;
    }

    /** Runs so many counted rounds. */
    public Report run(int rounds) throws IOException {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be positive, was " + rounds);
        }
        SegmentationNetwork network = NetworkCatalog.build(spec);
        byte[] bytes = new byte[bytes(network.channels())];
        new Random(SEED).nextBytes(bytes);
        try (NDManager manager = NDManager.newBaseManager()) {
            network.initialize(manager, DataType.FLOAT32, new Shape(batch, network.channels(), size, size));
            try (TorchScriptModule fp32 = exported(network, Precision.FP32);
                    TorchScriptModule bf16 = exported(network, Precision.BF16)) {
                List<Double> block = new ArrayList<>();
                List<Double> full = new ArrayList<>();
                List<Double> half = new ArrayList<>();
                for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                    double eager = eagerMillis(network, bytes);
                    double first = fileMillis(fp32, bytes, network.channels());
                    double second = fileMillis(bf16, bytes, network.channels());
                    if (round >= 0) {
                        block.add(eager);
                        full.add(first);
                        half.add(second);
                    }
                }
                return new Report(Timing.of(block), Timing.of(full), Timing.of(half));
            }
        }
    }

    private int bytes(int channels) {
        BigInteger bytes = LongStream.of(batch, size, size, channels)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);
        if (bytes.bitLength() >= Integer.SIZE) {
            throw new IllegalArgumentException("batch x size x size x channels must be below 2^31, was " + bytes);
        }
        return bytes.intValue();
    }

    private TorchScriptModule exported(SegmentationNetwork network, Precision precision) throws IOException {
        int margin = Math.max(0, Math.min(network.margin(), (size - network.alignment()) / 2));
        InputSpec input = InputSpec.tiles(size, size, network.channels(), margin, network.alignment());
        Graph answering = Tracer.trace(network, size, size).withOutputs(network.answeringHead());
        OutputSpec output = new OutputSpec(OutputKind.LABELS, network.classes(), 0.5);
        Path file = Files.createTempFile("benchmark", ".pt");
        try {
            TorchScriptWriter.write(
                    ServingGraph.of(
                            ExportPasses.of(precision).apply(answering),
                            input,
                            Normalisation.unit(network.channels()),
                            output),
                    file);
            return TorchScriptModule.load(file);
        } finally {
            Files.delete(file);
        }
    }

    private double eagerMillis(SegmentationNetwork network, byte[] bytes) {
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (bytes[i] & 0xff) / 255f;
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = manager.create(pixels, new Shape(batch, network.channels(), size, size));
            long start = System.nanoTime();
            NDList logits = network.forward(new ParameterStore(manager, false), new NDList(images), false);
            logits.forEach(NDArray::toFloatArray);
            return millisSince(start);
        }
    }

    private double fileMillis(TorchScriptModule module, byte[] bytes, int channels) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray tiles =
                    manager.create(ByteBuffer.wrap(bytes), new Shape(batch, size, size, channels), DataType.UINT8);
            long start = System.nanoTime();
            NDList answers = module.run(manager, new NDList(tiles));
            answers.forEach(NDArray::toByteArray);
            return millisSince(start);
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
