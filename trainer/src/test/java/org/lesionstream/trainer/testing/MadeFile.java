package org.lesionstream.trainer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes as a file, for readers that want one: always the same file, which goes when the process ends. */
public final class MadeFile {

    private final Path path;

    public MadeFile() {
        try {
            this.path = Files.createTempFile("hostile", ".file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        path.toFile().deleteOnExit();
    }

    /** The file, with these bytes in it. */
    public Path of(byte[] bytes) throws IOException {
        return Files.write(path, bytes);
    }

    /** What something writes into the file. */
    public byte[] writtenBy(Writer writer) {
        try {
            writer.write(path);
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Writer {
        void write(Path file) throws IOException;
    }
}
