package org.lesionstream.worker.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * A TorchScript network that takes bytes and gives bytes.
 *
 * <ul>
 *   <li>Graph contract: uint8 [N, H, W, C * bytes per sample] in; out either (labels, confidence), each uint8 [N, h, w], or
 *       probabilities, uint8 [N, K, h, w]. A network that gives anything else is refused.
 *   <li>N is the batch size: missing tiles are zeros, and what the network says about them is dropped.
 *   <li>Tiles write themselves into one direct buffer, which the engine reads where it is.
 *   <li>All native arrays of a batch live in one scope that ends with the call.
 *   <li>Runs one batch at a time; a second caller waits.
 * </ul>
 */
final class TorchScriptSegmenter implements LoadedSegmenter {

    private final Model model;
    private final InputSpec input;
    private final OutputSpec output;
    private final ByteBuffer tileBuffer; // direct, for the largest batch; guarded by this
    private final ParameterStore parameters;

    /** @param largest of all batch sizes */
    TorchScriptSegmenter(Model model, CheckpointManifest manifest, int largest) {
        this.model = model;
        this.input = manifest.input();
        this.output = manifest.output();
        this.tileBuffer = ByteBuffer.allocateDirect(Math.multiplyExact(largest, input.tileBytes()));
        this.parameters = new ParameterStore(model.getNDManager(), false);
    }

    @Override
    public List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize) {
        return segment(tiles, batchSize, RunSteps.UNWATCHED);
    }

    @Override
    public synchronized List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize, RunSteps steps) {
        steps.begun();
        ByteBuffer bytes = filled(tiles, batchSize);
        List<byte[]> planes = run(bytes, batchSize, steps);
        List<TileOutput> outputs = new ArrayList<>(tiles.size());
        for (int i = 0; i < tiles.size(); i++) {
            int tile = i;
            List<byte[]> parts =
                    planes.stream().map(plane -> part(plane, tile, batchSize)).toList();
            outputs.add(
                    output.kind() == OutputKind.LABELS
                            ? new TileOutput.Labels(parts.get(0), parts.get(1))
                            : new TileOutput.Probabilities(parts.get(0)));
        }
        return outputs;
    }

    @Override
    public synchronized void close() {
        model.close();
    }

    private ByteBuffer filled(List<? extends TileInput> tiles, int batchSize) {
        int tileBytes = input.tileBytes();
        if (batchSize < 1 || batchSize > tileBuffer.capacity() / tileBytes) {
            throw new IllegalArgumentException(
                    "batchSize must be 1 to " + tileBuffer.capacity() / tileBytes + ", was " + batchSize);
        }
        if (tiles.isEmpty() || tiles.size() > batchSize) {
            throw new IllegalArgumentException("tiles must be 1 to " + batchSize + ", were " + tiles.size());
        }
        tileBuffer.clear(); // the whole buffer again, after a smaller batch
        int end = 0;
        for (TileInput tile : tiles) {
            if (tile.bytes() != tileBytes) {
                throw new IllegalArgumentException("tile must hold " + tileBytes + " bytes, held " + tile.bytes());
            }
            tile.writeTo(tileBuffer, end);
            end += tileBytes;
        }
        byte[] padding = new byte[batchSize * tileBytes - end];
        tileBuffer.put(end, padding);
        return tileBuffer.limit(batchSize * tileBytes);
    }

    /** Runs the network; one array per output of the graph, batch first. */
    private List<byte[]> run(ByteBuffer bytes, int batchSize, RunSteps steps) {
        Shape shape = new Shape(
                batchSize,
                input.height(),
                input.width(),
                (long) input.channels() * input.type().bytesPerSample());
        try (NDManager batch = model.getNDManager().newSubManager()) {
            NDArray tiles = batch.create(bytes, shape, DataType.UINT8); // [N, H, W, C * bytes]
            steps.ended(RunSteps.Step.INPUT);
            NDList outputs = model.getBlock().forward(parameters, new NDList(tiles), false);
            checkContract(outputs, batchSize);
            await(outputs.head());
            steps.ended(RunSteps.Step.INFERENCE);
            List<byte[]> planes = outputs.stream().map(NDArray::toByteArray).toList();
            steps.ended(RunSteps.Step.OUTPUT);
            return planes;
        } catch (SegmentationException e) {
            throw e;
        } catch (RuntimeException e) { // the engine has no narrower type for what goes wrong in native code
            if (OutOfMemoryException.isSaidBy(e)) {
                throw new OutOfMemoryException(e);
            }
            throw new SegmentationException(FailureCode.INFERENCE_FAILED, "inference", e);
        }
    }

    /** A GPU computes beside us until somebody asks for a value; asking for one costs no time that the copies would not. */
    private static void await(NDArray output) {
        NDArray first = output;
        while (first.getShape().dimension() > 0) {
            first = first.get(0);
        }
        first.toByteArray();
    }

    private void checkContract(NDList outputs, int batchSize) {
        Shape plane = new Shape(batchSize, input.outputHeight(), input.outputWidth());
        List<Shape> wanted = output.kind() == OutputKind.LABELS
                ? List.of(plane, plane)
                : List.of(new Shape(batchSize, output.maps(), input.outputHeight(), input.outputWidth()));
        List<Shape> given = outputs.stream().map(NDArray::getShape).toList();
        boolean bytes = outputs.stream().allMatch(array -> array.getDataType() == DataType.UINT8);
        if (!given.equals(wanted) || !bytes) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "inference");
        }
    }

    private static byte[] part(byte[] plane, int tile, int batchSize) {
        int length = plane.length / batchSize;
        return Arrays.copyOfRange(plane, tile * length, (tile + 1) * length);
    }
}
