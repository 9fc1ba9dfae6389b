package org.lesionstream.trainer.adopt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lesionstream.trainer.export.TorchScriptModule;

/**
 * A module from elsewhere run as its author would: normalised 32-bit floats in, in the order that its contract says.
 *
 * <p>The normalisation is computed here in plain Java, so that it proves the one in the file that is written. Owns native memory until closed.
 */
final class ForeignRun implements AutoCloseable {

    private final TorchScriptModule module;
    private final AdoptionPlan plan;
    private final Part part;

    private ForeignRun(TorchScriptModule module, AdoptionPlan plan, Part part) {
        this.module = module;
        this.plan = plan;
        this.part = part;
    }

    /**
     * Loads a file.
     *
     * @throws AdoptionException with the engine's words when it refuses the file
     */
    static ForeignRun load(Path file, AdoptionPlan plan, Part part) {
        try {
            return new ForeignRun(TorchScriptModule.load(file), plan, part);
        } catch (IOException e) {
            throw new AdoptionException("the engine refuses the file: " + EngineWords.of(e), e);
        }
    }

    /**
     * The module's answer to some tiles, {@code [H, W, C]} bytes each, as one batch.
     *
     * @throws AdoptionException when it fails on them or answers with what cannot be read
     */
    ForeignAnswer answer(List<byte[]> tiles) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = manager.create(images(tiles), shape(tiles.size()));
            NDArray answer = part.of(run(manager, images));
            return new ForeignAnswer(answer.getShape().getShape(), floats(answer));
        }
    }

    private NDList run(NDManager manager, NDArray images) {
        try {
            return module.run(manager, new NDList(images));
        } catch (EngineException | UnsupportedOperationException e) {
            throw new AdoptionException(
                    "the module fails on an input of " + images.getShape() + ": " + EngineWords.of(e), e);
        }
    }

    /** Half-precision numbers cannot be converted through the engine's bridge on a CPU. */
    private static float[] floats(NDArray answer) {
        DataType type = answer.getDataType();
        return switch (type) {
            case FLOAT32, FLOAT64, UINT8, INT8, INT32, INT64, BOOLEAN ->
                answer.toType(DataType.FLOAT32, false).toFloatArray();
            default ->
                throw new AdoptionException("the module answers with numbers of the type " + type
                        + ", which cannot be compared; let it end with .float()");
        };
    }

    private Shape shape(int images) {
        return plan.contract().channelsLast()
                ? new Shape(images, plan.height(), plan.width(), plan.channels())
                : new Shape(images, plan.channels(), plan.height(), plan.width());
    }

    private float[] images(List<byte[]> tiles) {
        int channels = plan.channels();
        int pixels = plan.height() * plan.width();
        float[] images = new float[tiles.size() * pixels * channels];
        for (int tile = 0; tile < tiles.size(); tile++) {
            int start = tile * pixels * channels;
            for (int sample = 0; sample < pixels * channels; sample++) {
                int channel = sample % channels;
                int place = plan.contract().channelsLast() ? sample : channel * pixels + sample / channels;
                images[start + place] = normalised(tiles.get(tile)[sample] & 0xff, channel);
            }
        }
        return images;
    }

    private float normalised(int sample, int channel) {
        return (sample - plan.normalisation().mean().get(channel).floatValue())
                / plan.normalisation().deviation().get(channel).floatValue();
    }

    @Override
    public void close() {
        module.close();
    }
}
