package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.lesionstream.trainer.export.TorchScriptModule;

/** An exported file: bytes of tiles in, labels and confidences out, so more work than that of the block. */
final class FileForward implements Forward {
    private static final double NANOS_PER_MILLI = 1e6;

    private final TorchScriptModule module;
    private final Shape tiles;

    private FileForward(TorchScriptModule module, Shape tiles) {
        this.module = module;
        this.tiles = tiles;
    }

    static FileForward load(Path file, BenchmarkCase setting) throws IOException {
        Shape tiles = new Shape(setting.batch(), setting.height(), setting.width(), setting.channels());
        return new FileForward(TorchScriptModule.load(file), tiles);
    }

    @Override
    public double millis(byte[] pixels) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray batch = manager.create(ByteBuffer.wrap(pixels), tiles, DataType.UINT8);
            long start = System.nanoTime();
            NDList answers = module.run(manager, new NDList(batch));
            answers.forEach(NDArray::toByteArray);
            return (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
