package org.lesionstream.trainer.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.trainer.data.Normalisation;

/**
 * A network that is still a block, as a predictor: the judge of a training run, before there is a file to export.
 *
 * <p>Runs the answering head with running statistics and gives the bytes that the exported graph would give, up to rounding: for geometry tiles the label with its
 * confidence, for geometry fit the probability planes.
 */
public final class BlockPredictor implements TilePredictor {

    private static final int CLASS_AXIS = 1;
    private static final int CERTAIN = 255;

    private final Block network;
    private final int answeringHead;
    private final NDManager manager;
    private final ParameterStore store;
    private final InputSpec spec;
    private final Normalisation normalisation;
    private final double threshold;

    /**
     * @param network initialised on {@code manager}
     * @param answeringHead which of the network's outputs is its answer, counted from 0
     * @param threshold probability from which a pixel of a one-map network is foreground
     */
    public BlockPredictor(
            Block network,
            int answeringHead,
            NDManager manager,
            InputSpec spec,
            Normalisation normalisation,
            double threshold) {
        this.network = network;
        this.answeringHead = answeringHead;
        this.manager = manager;
        this.store = new ParameterStore(manager, false);
        this.spec = spec;
        this.normalisation = normalisation;
        this.threshold = threshold;
    }

    @Override
    public List<TileOutput> predict(List<byte[]> tiles) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(tiles.size() * spec.tileBytes());
        tiles.forEach(pixels::put);
        try (NDManager scope = manager.newSubManager()) {
            NDArray bytes = scope.create(
                    pixels.rewind(),
                    new Shape(tiles.size(), spec.height(), spec.width(), spec.channels()),
                    DataType.UINT8);
            NDList heads = network.forward(store, new NDList(normalisation.apply(bytes)), false);
            NDArray logits = heads.get(answeringHead); // [N, K, h, w]
            boolean oneMap = logits.getShape().get(CLASS_AXIS) == 1;
            NDArray probability = oneMap ? Activation.sigmoid(logits) : logits.softmax(CLASS_AXIS);
            return spec.geometry() == GeometryKind.FIT
                    ? planes(probability)
                    : labels(
                            oneMap
                                    ? probability.gte(threshold)
                                    : probability.argMax(CLASS_AXIS).expandDims(CLASS_AXIS),
                            oneMap
                                    ? probability.maximum(probability.neg().add(1))
                                    : probability.max(new int[] {CLASS_AXIS}));
        }
    }

    private List<TileOutput> planes(NDArray probability) {
        List<TileOutput> outputs = new ArrayList<>();
        for (byte[] tile : split(bytes(probability.mul(CERTAIN).round()), probability)) {
            outputs.add(new TileOutput.Probabilities(tile));
        }
        return outputs;
    }

    private List<TileOutput> labels(NDArray label, NDArray confidence) {
        List<byte[]> labels = split(bytes(label), label);
        List<byte[]> confidences = split(bytes(confidence.mul(CERTAIN).round()), label);
        List<TileOutput> outputs = new ArrayList<>();
        for (int tile = 0; tile < labels.size(); tile++) {
            outputs.add(new TileOutput.Labels(labels.get(tile), confidences.get(tile)));
        }
        return outputs;
    }

    private static byte[] bytes(NDArray values) {
        return values.toType(DataType.UINT8, false).toByteArray();
    }

    private static List<byte[]> split(byte[] all, NDArray tiles) {
        int count = (int) tiles.getShape().get(0);
        int length = all.length / count;
        List<byte[]> parts = new ArrayList<>();
        for (int start = 0; start < all.length; start += length) {
            parts.add(Arrays.copyOfRange(all, start, start + length));
        }
        return parts;
    }
}
