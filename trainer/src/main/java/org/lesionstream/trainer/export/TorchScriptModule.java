package org.lesionstream.trainer.export;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;

/** A TorchScript file loaded by the engine, as a worker would load it. Owns native memory until closed. */
public final class TorchScriptModule implements AutoCloseable {
    private final Model model;

    private TorchScriptModule(Model model) {
        this.model = model;
    }

    /**
     * Loads a file.
     *
     * @throws IOException when it cannot be read or the engine refuses it
     */
    public static TorchScriptModule load(Path file) throws IOException {
        Model model = Model.newInstance("export", "PyTorch");
        try {
            model.load(file.toAbsolutePath().getParent(), file.getFileName().toString());
        } catch (MalformedModelException | RuntimeException e) {
            model.close();
            throw new IOException("the engine refuses " + file, e);
        } catch (IOException e) {
            model.close();
            throw e;
        }
        return new TorchScriptModule(model);
    }

    /** Runs the file once; inputs and outputs belong to the given manager. */
    public NDList run(NDManager manager, NDList inputs) {
        return model.getBlock().forward(new ParameterStore(manager, false), inputs, false);
    }

    /**
     * Runs the file once, so that gradients of inputs that ask for them can be computed; inputs and outputs belong to the given manager.
     *
     * <p>Without the engine's optimizer, which rewrites a program after it has watched the first runs: the same inputs give the same bits in every run.
     */
    public NDList train(NDManager manager, NDList inputs) {
        JniUtils.setGraphExecutorOptimize(false); // of this thread
        try {
            return model.getBlock().forward(new ParameterStore(manager, false), inputs, true);
        } finally {
            JniUtils.setGraphExecutorOptimize(true);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
