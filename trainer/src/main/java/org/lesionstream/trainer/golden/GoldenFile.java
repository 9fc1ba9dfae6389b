package org.lesionstream.trainer.golden;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.ReferenceBlock;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.SafetensorsFile;

/**
 * A safetensors file with what a reference implementation computed; the metadata name the network, block, operation, loss or map and its configuration.
 *
 * <p>Of networks it holds weights, an input and what becomes of it: {@code param.<name>}, {@code input} and {@code output} or {@code output.0}, {@code output.1}
 * and so on.
 */
public final class GoldenFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHT = "param.";
    private static final Set<String> BLOCKS = Set.of("rsu7", "rsu4", "rsu4f", "u2downblock", "u2upblock");

    private final String kind;
    private final JsonNode config;
    private final SafetensorsFile content;

    private GoldenFile(String kind, JsonNode config, SafetensorsFile content) {
        this.kind = kind;
        this.config = config;
        this.content = content;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it is not such a file
     */
    public static GoldenFile read(Path file) throws IOException {
        SafetensorsFile content = SafetensorsFile.readWithWholeNumbers(file);
        String kind = content.metadata().get("network");
        if (kind == null) {
            throw new IOException(file + " does not say what it holds");
        }
        return new GoldenFile(kind, JSON.readTree(content.metadata().getOrDefault("config", "{}")), content);
    }

    /** What the file holds: the name of a network, block, operation, loss or map. */
    public String kind() {
        return kind;
    }

    /**
     * Runs what the file is about, blocks also as an exported file, and compares with the reference.
     *
     * @throws IllegalArgumentException naming the network, when it is one that cannot be built
     * @throws IOException when the file lacks what the comparison needs
     */
    public Comparison compare() throws IOException {
        return switch (kind) {
            case "ops" -> operations();
            case "overlap-tile" -> tiles();
            case "loss-ce", "loss-softdice", "loss-bcedice", "loss-deepsup" -> LossReference.compare(config, content);
            case "weight-map" -> WeightMapReference.compare(config, content);
            case "train-step" -> TrainStepReference.compare(config, content);
            case "lr-schedule" -> ScheduleReference.compare(config, content);
            case "elastic" -> ElasticReference.compare(config, content);
            case "metrics" -> MetricsReference.compare(config, content);
            default -> BLOCKS.contains(kind) ? block() : network();
        };
    }

    private Comparison network() throws IOException {
        NetworkSpec spec = GoldenSpec.of(kind, config);
        return compare(NetworkCatalog.build(spec), spec.toString(), weights(), outputs());
    }

    private Comparison block() throws IOException {
        SegmentationNetwork block = ReferenceBlock.of(
                kind,
                config.path("in_ch").asInt(),
                config.path("mid_ch").asInt(),
                config.path("out_ch").asInt());
        return compare(block, kind, weights(), outputs());
    }

    private Comparison operations() throws IOException {
        ReferenceBlock block = ReferenceBlock.operations();
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (String name : block.stateDict().keySet()) {
            weights.put(name, content.tensor(name));
        }
        List<FloatTensor> results = new ArrayList<>();
        for (String name : block.operationNames()) {
            results.add(content.tensor(name));
        }
        return compare(block, results.size() + " operations", weights, results);
    }

    private Comparison compare(
            SegmentationNetwork network, String what, Map<String, FloatTensor> weights, List<FloatTensor> expected)
            throws IOException {
        FloatTensor input = content.tensor("input");
        boolean sigmoid = GoldenSpec.endsWithSigmoid(network.spec());
        try (NetworkRun run = new NetworkRun(network, weights, new Shape(input.shape()), sigmoid)) {
            return Comparison.of(
                    what,
                    RelativeError.largest(run.block(input), expected),
                    RelativeError.largest(run.export(input), expected));
        }
    }

    private Comparison tiles() throws IOException {
        NetworkSpec spec = GoldenSpec.of("unet-valid", config);
        OverlapTiles tiles = OverlapTiles.of(config);
        long side = tiles.input();
        Shape tile = new Shape(1, config.path("in_channels").asInt(), side, side);
        List<FloatTensor> expected = List.of(content.tensor("output"));
        try (NetworkRun run = new NetworkRun(NetworkCatalog.build(spec), weights(), tile, false)) {
            return Comparison.of(
                    spec + " in tiles",
                    RelativeError.largest(List.of(tiles.stitched(content.tensor("input"), run::block)), expected),
                    RelativeError.largest(List.of(tiles.stitched(content.tensor("input"), run::export)), expected));
        }
    }

    private Map<String, FloatTensor> weights() {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        content.tensors().forEach((name, tensor) -> {
            if (name.startsWith(WEIGHT)) {
                weights.put(name.substring(WEIGHT.length()), tensor);
            }
        });
        return weights;
    }

    private List<FloatTensor> outputs() throws IOException {
        List<FloatTensor> outputs = new ArrayList<>();
        if (content.tensors().containsKey("output")) {
            outputs.add(content.tensor("output"));
        }
        for (int i = 0; content.tensors().containsKey("output." + i); i++) {
            outputs.add(content.tensor("output." + i));
        }
        if (outputs.isEmpty()) {
            throw new IOException("the file has no output to compare with");
        }
        return outputs;
    }
}
