package org.lesionstream.trainer.export;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * {@code weights.safetensors} of a checkpoint: the weights under their reference names, with the network's text as metadata. Enough to build the network
 * again, to export it anew or to train on.
 *
 * @param network what to build
 * @param content its weights, with that text
 */
public record WeightsFile(NetworkSpec network, SafetensorsFile content) {
    private static final String NETWORK = "network";

    /** The weights that a network has now. */
    public static WeightsFile of(SegmentationNetwork network) {
        Map<String, String> metadata = Map.of(NETWORK, network.spec().toString());
        return new WeightsFile(network.spec(), new SafetensorsFile(metadata, StateDict.of(network)));
    }

    /**
     * Reads such a file.
     *
     * @throws IOException when it cannot be read or does not say its network
     */
    public static WeightsFile read(Path file) throws IOException {
        SafetensorsFile content = SafetensorsFile.read(file);
        String network = content.metadata().get(NETWORK);
        if (network == null) {
            throw new IOException(file + " does not say which network its weights belong to");
        }
        return new WeightsFile(NetworkSpec.parse(network), content);
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
}
