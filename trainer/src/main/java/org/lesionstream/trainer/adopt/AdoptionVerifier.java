package org.lesionstream.trainer.adopt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.export.Answers;
import org.lesionstream.trainer.export.TorchScriptModule;

/**
 * Runs the written file as a worker would and compares it, pixel by pixel, with what the module from elsewhere said about the same tiles.
 *
 * <ul>
 *   <li>Every tile is asked about alone, after another tile, and before a black one, such as workers fill their batches with: neither the size of a batch nor
 *       the other images in it may change an answer.
 *   <li>What is expected are the module's own answers, made into probabilities or labels in {@link Expectation}, away from the graph.
 * </ul>
 */
final class AdoptionVerifier {

    private final InputSpec input;
    private final OutputSpec output;

    AdoptionVerifier(InputSpec input, OutputSpec output) {
        this.input = input;
        this.output = output;
    }

    /**
     * Compares.
     *
     * @param tiles two at least
     * @param expectations one for each tile
     * @throws AdoptionException where file and module differ
     */
    void verify(Path file, List<byte[]> tiles, List<Expectation> expectations) throws IOException {
        try (TorchScriptModule module = load(file)) {
            byte[] black = new byte[input.tileBytes()];
            for (int number = 0; number < tiles.size(); number++) {
                byte[] tile = tiles.get(number);
                byte[] mate = tiles.get((number + 1) % tiles.size());
                Expectation expected = expectations.get(number);
                compare(module, List.of(tile), 0, expected);
                compare(module, List.of(mate, tile), 1, expected);
                compare(module, List.of(tile, black), 0, expected);
            }
        }
    }

    private static TorchScriptModule load(Path file) throws IOException {
        try {
            return TorchScriptModule.load(file);
        } catch (IOException e) {
            throw new AdoptionException("the engine refuses the module inside of ours: " + EngineWords.of(e), e);
        }
    }

    private void compare(TorchScriptModule module, List<byte[]> batch, int image, Expectation expected) {
        Answers answers = ask(module, batch);
        int start = image * input.outputPixels();
        for (int pixel = 0; pixel < input.outputPixels(); pixel++) {
            if (!expected.holds(output, answers, start + pixel, pixel)) {
                String hint = batch.size() == 1 ? "" : "; its answer must not depend on the other images of a batch";
                throw new AdoptionException(
                        "for image %d in a batch of %d the file says label %d at pixel %d, the module says %s%s"
                                .formatted(
                                        image,
                                        batch.size(),
                                        answers.labels()[start + pixel] & 0xff,
                                        pixel,
                                        expected.at(pixel),
                                        hint));
            }
        }
    }

    private Answers ask(TorchScriptModule module, List<byte[]> tiles) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(tiles.size() * input.tileBytes());
        tiles.forEach(bytes::put);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = manager.create(
                    bytes.rewind(),
                    new Shape(tiles.size(), input.height(), input.width(), input.channels()),
                    DataType.UINT8);
            NDList outputs = run(module, manager, images);
            checkShapes(outputs, tiles.size());
            List<byte[]> planes = new ArrayList<>();
            outputs.forEach(plane -> planes.add(plane.toByteArray()));
            return Answers.of(output, planes, tiles.size());
        }
    }

    private static NDList run(TorchScriptModule module, NDManager manager, NDArray images) {
        try {
            return module.run(manager, new NDList(images));
        } catch (EngineException e) {
            throw new AdoptionException(
                    "the module inside of ours fails on " + images.getShape() + ": " + EngineWords.of(e), e);
        }
    }

    private void checkShapes(NDList outputs, int images) {
        Shape plane = new Shape(images, input.outputHeight(), input.outputWidth());
        List<Shape> wanted = output.kind() == OutputKind.LABELS
                ? List.of(plane, plane)
                : List.of(new Shape(images, output.maps(), input.outputHeight(), input.outputWidth()));
        List<Shape> given = outputs.stream().map(NDArray::getShape).toList();
        if (!given.equals(wanted)) {
            throw new AdoptionException(
                    "the file answers a batch of " + images + " with " + given + ", wanted are " + wanted);
        }
    }
}
