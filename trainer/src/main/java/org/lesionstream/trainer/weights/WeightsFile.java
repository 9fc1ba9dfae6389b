package org.lesionstream.trainer.weights;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * {@code weights.safetensors} of a checkpoint: the weights under their reference names and, as metadata, the network's text and the normalisation it was
 * trained with. Enough to build the network again, to export it anew or to train on.
 *
 * @param network what to build
 * @param normalisation fixed map of the samples
 * @param content the weights, with both as metadata
 */
public record WeightsFile(NetworkSpec network, Normalisation normalisation, SafetensorsFile content) {
    private static final String NETWORK = "network";
    private static final String MEAN = "normalisation.mean";
    private static final String DEVIATION = "normalisation.deviation";

    /** The weights that a network has now. */
    public static WeightsFile of(SegmentationNetwork network, Normalisation normalisation) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(NETWORK, network.spec().toString());
        metadata.put(MEAN, print(normalisation.mean()));
        metadata.put(DEVIATION, print(normalisation.deviation()));
        return new WeightsFile(network.spec(), normalisation, new SafetensorsFile(metadata, StateDict.of(network)));
    }

    /**
     * Reads such a file.
     *
     * @throws IOException when it cannot be read or lacks the metadata
     */
    public static WeightsFile read(Path file) throws IOException {
        SafetensorsFile content = SafetensorsFile.read(file);
        NetworkSpec network = NetworkSpec.parse(word(content, NETWORK, file));
        Normalisation normalisation =
                new Normalisation(parse(word(content, MEAN, file)), parse(word(content, DEVIATION, file)));
        return new WeightsFile(network, normalisation, content);
    }

    /**
     * Reads the weights of a published version.
     *
     * @param folder of the version
     * @param version what to call it, such as {@code lesion@3}
     * @throws IOException when the version has none, or they cannot be read
     */
    public static WeightsFile ofVersion(Path folder, String version) throws IOException {
        Path file = folder.resolve(CheckpointLayout.weights());
        if (!Files.exists(file)) {
            throw new IOException(
                    version + " has no " + CheckpointLayout.weights()
                            + " to start from; a version that was adopted keeps its weights inside of the module and cannot be trained on");
        }
        return read(file);
    }

    /** Writes it. */
    public void write(Path file) throws IOException {
        content.write(file);
    }

    /**
     * Builds the network with these weights.
     *
     * @param manager owner of the weights
     * @param image a shape the network accepts, {@code [N, C, H, W]}
     */
    public SegmentationNetwork build(NDManager manager, Shape image) {
        SegmentationNetwork built = NetworkCatalog.build(network);
        StateDict.load(built, content.tensors(), manager, image);
        return built;
    }

    private static String word(SafetensorsFile content, String key, Path file) throws IOException {
        String word = content.metadata().get(key);
        if (word == null) {
            throw new IOException(file + " does not say its " + key);
        }
        return word;
    }

    private static String print(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(" "));
    }

    private static List<Double> parse(String numbers) {
        return Stream.of(numbers.split(" ", -1)).map(Double::valueOf).toList();
    }
}
