package org.lesionstream.worker.pipeline;

/** One tile of an open image, as the batcher sees it. */
record TileTicket(OpenImage image, int tile) {
    byte[] bytes() {
        return image.tile(tile);
    }
}
