package org.lesionstream.worker.inference;

import java.nio.ByteBuffer;

/** One network input that is not copied before the device asks for it: it writes itself to where the batch lies. */
public interface TileInput {

    /** How many bytes it writes. */
    int bytes();

    /** Writes its samples, [H, W, C], from absolute position {@code offset} on; the buffer's own position stays where it is. */
    void writeTo(ByteBuffer batch, int offset);

    /** An input that lies in an array, which is read when the batch is put together. */
    static TileInput of(byte[] samples) {
        return new TileInput() {
            @Override
            public int bytes() {
                return samples.length;
            }

            @Override
            public void writeTo(ByteBuffer batch, int offset) {
                batch.put(offset, samples);
            }
        };
    }
}
