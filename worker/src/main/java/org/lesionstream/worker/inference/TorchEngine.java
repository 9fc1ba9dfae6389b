package org.lesionstream.worker.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * libtorch through DJL, on the device that was asked for or not at all.
 *
 * <ul>
 *   <li>Never reaches out: natives come with the worker, and DJL's usage reports stay off.
 *   <li>Threads are set once per process, before the engine's first use.
 * </ul>
 */
final class TorchEngine implements SegmentationEngine {

    private static final String PYTORCH = "PyTorch";

    private final InferenceSettings settings;
    private final Engine engine;
    private final Device device;

    private TorchEngine(InferenceSettings settings, Engine engine, Device device) {
        this.settings = settings;
        this.engine = engine;
        this.device = device;
    }

    /** @throws IllegalStateException if the device is not there */
    static TorchEngine start(InferenceSettings settings) {
        EngineThreads.sleepWhenIdle();
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("offline", "true"); // what DJL 0.25.0 reads instead
        System.setProperty("OPT_OUT_TRACKING", "true");
        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty(
                "ai.djl.pytorch.num_interop_threads", "1"); // one batch at a time; its operators share the threads
        Engine engine = Engine.getEngine(PYTORCH);
        if (settings.device() == DeviceKind.CUDA && engine.getGpuCount() == 0) {
            throw new IllegalStateException("device cuda was asked for and the engine sees none: it runs " + PYTORCH
                    + " " + engine.getVersion() + " for CPU, or no driver is visible");
        }
        Device device = settings.device() == DeviceKind.CUDA ? Device.gpu() : Device.cpu();
        return new TorchEngine(settings, engine, device);
    }

    @Override
    public String name() {
        return "%s %s %s"
                .formatted(PYTORCH, engine.getVersion(), settings.device())
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public LoadedSegmenter load(CheckpointManifest manifest, Path file) {
        Model model = Model.newInstance(manifest.name(), device, PYTORCH);
        try {
            model.load(file.getParent(), file.getFileName().toString());
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "inference", e);
        }
        return new TorchScriptSegmenter(model, manifest, settings.maxBatch());
    }
}
