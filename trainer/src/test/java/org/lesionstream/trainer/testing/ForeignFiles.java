package org.lesionstream.trainer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The TorchScript files among the test resources, the tile that PyTorch was asked about, and what it said. */
public final class ForeignFiles {

    /** Rows and columns of the tile. */
    public static final int SIDE = 16;

    private ForeignFiles() {}

    /** A file by its name. */
    public static Path path(String name) {
        try {
            return Path.of(
                    ForeignFiles.class.getResource("/torchscript/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a file by its name. */
    public static byte[] bytes(String name) {
        try (InputStream in = ForeignFiles.class.getResourceAsStream("/torchscript/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that PyTorch computed for {@link #tile}. */
    public static byte[] expected(String name) {
        return bytes(name + ".expected");
    }

    /** The tile: {@code (31 i i + 7 i) mod 251}. */
    public static byte[] tile() {
        byte[] tile = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (byte) ((31L * i * i + 7L * i) % 251);
        }
        return tile;
    }
}
