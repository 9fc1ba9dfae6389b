package org.lesionstream.trainer.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.export.ExportPasses;
import org.lesionstream.trainer.export.TorchScriptModule;
import org.lesionstream.trainer.export.TorchScriptWriter;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.SafetensorsFile;
import org.lesionstream.trainer.weights.StateDict;

/**
 * A safetensors file with a network's weights, an input and what the reference implementation makes of it: {@code param.<name>}, {@code input} and {@code
 * output} or {@code output.0}, {@code output.1} and so on; the metadata name the network and its configuration.
 */
public final class GoldenFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHT = "param.";
    private static final double LIMIT = 1e-4;

    private final NetworkSpec spec;
    private final Map<String, FloatTensor> weights = new LinkedHashMap<>();
    private final List<FloatTensor> outputs = new ArrayList<>();
    private final FloatTensor input;

    /**
     * What the comparison gave: the largest error of any output, relative to its largest value.
     *
     * @param network text of the network
     * @param block of the block run by DJL
     * @param export of its exported fp32 file
     */
    public record Comparison(NetworkSpec network, double block, double export) {
        /** Whether both errors are within 1e-4. */
        public boolean ok() {
            return block <= LIMIT && export <= LIMIT;
        }
    }

    private GoldenFile(NetworkSpec spec, SafetensorsFile file) {
        this.spec = spec;
        this.input = file.tensors().get("input");
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(WEIGHT)) {
                weights.put(name.substring(WEIGHT.length()), tensor);
            }
        });
        if (file.tensors().containsKey("output")) {
            outputs.add(file.tensors().get("output"));
        }
        for (int i = 0; file.tensors().containsKey("output." + i); i++) {
            outputs.add(file.tensors().get("output." + i));
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it is not such a file
     * @throws IllegalArgumentException naming the network, when it is one that cannot be built
     */
    public static GoldenFile read(Path file) throws IOException {
        SafetensorsFile content = SafetensorsFile.read(file);
        String network = content.metadata().getOrDefault("network", "(none)");
        if (!content.metadata().getOrDefault("mode", "").equals("eval")) {
            throw new IllegalArgumentException("holds no run of a network but " + network);
        }
        JsonNode config = JSON.readTree(content.metadata().getOrDefault("config", "{}"));
        GoldenFile golden = new GoldenFile(spec(network, config), content);
        if (golden.input == null || golden.outputs.isEmpty()) {
            throw new IOException(file + " lacks input or output");
        }
        return golden;
    }

    private static NetworkSpec spec(String network, JsonNode config) {
        NetworkSpec spec = new NetworkSpec(network, Map.of())
                .with("channels", config.path("in_channels").asInt())
                .with("classes", config.path("num_classes").asInt());
        return switch (network) {
            case "unet-same" ->
                spec.with("base", config.path("base").asInt())
                        .with("up", config.path("bilinear").asBoolean() ? "bilinear" : "conv");
            case "unetpp-vgg" ->
                spec.with("widths", widths(config.path("nb_filter")))
                        .with(
                                "deep-supervision",
                                config.path("deep_supervision").asBoolean());
            default ->
                throw new IllegalArgumentException("network " + network + " is not known here, known are "
                        + String.join(", ", NetworkCatalog.names()));
        };
    }

    private static String widths(JsonNode numbers) {
        List<String> widths = new ArrayList<>();
        numbers.forEach(number -> widths.add(number.asText()));
        return String.join("/", widths);
    }

    /** Runs the network as a block and as an exported file, and compares both with the reference. */
    public Comparison compare() throws IOException {
        SegmentationNetwork network = NetworkCatalog.build(spec);
        Path exported = Files.createTempFile("golden", ".pt");
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape shape = new Shape(input.shape());
            StateDict.load(network, weights, manager, shape);
            NDList images = new NDList(manager.create(input.values(), shape));
            double block = error(network.forward(new ParameterStore(manager, false), images, false));
            TorchScriptWriter.write(
                    ExportPasses.of(Precision.FP32).apply(Tracer.trace(network, shape.get(2), shape.get(3))), exported);
            try (TorchScriptModule module = TorchScriptModule.load(exported)) {
                return new Comparison(spec, block, error(module.run(manager, images)));
            }
        } finally {
            Files.delete(exported);
        }
    }

    private double error(NDList heads) {
        if (heads.size() != outputs.size()) {
            throw new IllegalStateException(
                    "the network has " + heads.size() + " outputs, the reference " + outputs.size());
        }
        double worst = 0;
        for (int i = 0; i < outputs.size(); i++) {
            worst = Math.max(worst, error(heads.get(i), outputs.get(i)));
        }
        return worst;
    }

    private static double error(NDArray actual, FloatTensor expected) {
        if (!actual.getShape().equals(new Shape(expected.shape()))) {
            throw new IllegalStateException(
                    "an output has the shape " + actual.getShape() + ", the reference " + new Shape(expected.shape()));
        }
        float[] values = actual.toFloatArray();
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            difference = Math.max(difference, Math.abs((double) values[i] - expected.values()[i]));
            largest = Math.max(largest, Math.abs(expected.values()[i]));
        }
        return difference / largest;
    }
}
