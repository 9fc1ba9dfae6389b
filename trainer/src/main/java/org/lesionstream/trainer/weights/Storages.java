package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The raw elements of a PyTorch file, read piece by piece. */
interface Storages {

    /**
     * Reads a piece of a storage.
     *
     * @param from first byte, counted from the start of the storage
     * @param length number of bytes; {@code from + length} lies within what the reference says
     * @return the bytes, little endian
     * @throws IOException when the file does not hold what the reference says
     */
    ByteBuffer read(StorageReference storage, long from, int length) throws IOException;
}
