package org.lesionstream.worker.pipeline;

import java.nio.ByteBuffer;
import org.lesionstream.worker.inference.TileInput;

/** One tile of an open image, as the batcher sees it and as the network takes it. */
record TileTicket(OpenImage image, int tile) implements TileInput {

    @Override
    public int bytes() {
        return image.cut().tileBytes();
    }

    @Override
    public void writeTo(ByteBuffer batch, int offset) {
        image.cut().cut(tile, batch, offset);
    }
}
