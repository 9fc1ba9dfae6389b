package org.lesionstream.worker.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** Files below a folder. Each appears in one step, so that nobody who looks there finds half a file. */
public final class FolderSink implements ResultSink {
    private final Path root;

    /** @param root made where it is absent */
    public FolderSink(Path root) {
        this.root = root;
    }

    @Override
    public boolean takes(String mediaType) {
        return true;
    }

    @Override
    public void put(String folder, List<ResultFile> files) {
        try {
            Path target = Files.createDirectories(root.resolve(folder));
            for (ResultFile file : files) {
                write(target, file);
            }
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", e);
        }
    }

    private static void write(Path target, ResultFile file) throws IOException {
        Path begun = Files.createTempFile(target, "result", ".tmp");
        try {
            Files.write(begun, file.content());
            Files.move(
                    begun,
                    target.resolve(file.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(begun);
        }
    }
}
