package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.export.ExportPasses;
import org.lesionstream.trainer.export.ServingGraph;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;

/** The network of a case with random weights, to be run as a block and to be exported. Owns native memory until closed. */
public final class RandomNetwork implements AutoCloseable {
    private static final double THRESHOLD = 0.5;

    private final BenchmarkCase setting;
    private final NDManager manager = NDManager.newBaseManager();
    private final SegmentationNetwork network;

    /** Draws the weights. */
    public RandomNetwork(BenchmarkCase setting) {
        this.setting = setting;
        this.network = NetworkCatalog.build(setting.network());
        network.initialize(manager, DataType.FLOAT32, setting.images());
    }

    /**
     * Refuses a case whose size the network does not take.
     *
     * @throws IllegalArgumentException saying what does not fit
     */
    public static void check(BenchmarkCase setting) {
        try (RandomNetwork network = new RandomNetwork(setting)) {
            network.trace();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "%s cannot be run on images of %d x %d: %s"
                            .formatted(setting.network(), setting.height(), setting.width(), refused.getMessage()),
                    refused);
        }
    }

    private Graph trace() {
        return Tracer.trace(network, setting.height(), setting.width()).withOutputs(network.answeringHead());
    }

    /** The block itself. */
    Forward eager() {
        return new EagerForward(network, setting.images());
    }

    /** A file of it, loaded and already removed. */
    Forward exported(Precision precision) throws IOException {
        Path file = Files.createTempFile("benchmark", ".pt");
        try {
            export(precision, file);
            return FileForward.load(file, setting);
        } finally {
            Files.delete(file);
        }
    }

    /** Writes a file that answers with labels. */
    public void export(Precision precision, Path file) throws IOException {
        int smaller = Math.min(setting.height(), setting.width());
        int margin = Math.max(0, Math.min(network.margin(), (smaller - network.alignment()) / 2));
        InputSpec input =
                InputSpec.tiles(setting.height(), setting.width(), network.channels(), margin, network.alignment());
        Graph serving = ServingGraph.of(
                ExportPasses.of(precision).apply(trace()),
                input,
                Normalisation.unit(network.channels()),
                new OutputSpec(OutputKind.LABELS, network.classes(), THRESHOLD));
        TorchScriptWriter.write(serving, file);
    }

    @Override
    public void close() {
        manager.close();
    }
}
