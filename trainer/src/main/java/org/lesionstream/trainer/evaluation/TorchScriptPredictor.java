package org.lesionstream.trainer.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.trainer.export.TorchScriptModule;

/**
 * An exported file as a predictor: the very bytes that a worker loads, run by the same engine.
 *
 * <p>In go {@code uint8 [N, H, W, C]}; out come labels with confidences or probability planes, told apart by the number of outputs. Confined to one
 * thread; close it to free the file's weights.
 */
public final class TorchScriptPredictor implements TilePredictor, AutoCloseable {

    private final TorchScriptModule module;
    private final NDManager manager;
    private final InputSpec spec;

    private TorchScriptPredictor(TorchScriptModule module, InputSpec spec) {
        this.module = module;
        this.manager = NDManager.newBaseManager();
        this.spec = spec;
    }

    /**
     * Loads a file.
     *
     * @throws IOException when the file cannot be read or the engine refuses it
     */
    public static TorchScriptPredictor load(Path file, InputSpec spec) throws IOException {
        return new TorchScriptPredictor(TorchScriptModule.load(file), spec);
    }

    @Override
    public List<TileOutput> predict(List<byte[]> tiles) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(tiles.size() * spec.tileBytes());
        tiles.forEach(pixels::put);
        int bytesPerPixel = spec.channels() * spec.type().bytesPerSample();
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = scope.create(
                    pixels.rewind(),
                    new Shape(tiles.size(), spec.height(), spec.width(), bytesPerPixel),
                    DataType.UINT8);
            NDList outputs = module.run(scope, new NDList(input));
            byte[] first = outputs.get(0).toByteArray();
            byte[] second = outputs.size() > 1 ? outputs.get(1).toByteArray() : new byte[0];
            List<TileOutput> result = new ArrayList<>();
            for (int tile = 0; tile < tiles.size(); tile++) {
                byte[] part = part(first, tile, tiles.size());
                result.add(
                        outputs.size() > 1
                                ? new TileOutput.Labels(part, part(second, tile, tiles.size()))
                                : new TileOutput.Probabilities(part));
            }
            return result;
        }
    }

    private static byte[] part(byte[] all, int tile, int tiles) {
        int length = all.length / tiles;
        return Arrays.copyOfRange(all, tile * length, (tile + 1) * length);
    }

    @Override
    public void close() {
        manager.close();
        module.close();
    }
}
