package org.lesionstream.worker.pipeline;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/**
 * An image some of whose tiles are still on their way through the network. Confined to the inference thread.
 */
final class OpenImage {
    private final InFlight<TiledImage> image;
    private final TileOutput[] outputs;
    private final long openedAtNanos;
    private int missing;
    private boolean failed;

    OpenImage(InFlight<TiledImage> image, long nowNanos) {
        this.image = image;
        this.outputs = new TileOutput[image.payload().tiles().size()];
        this.missing = outputs.length;
        this.openedAtNanos = nowNanos;
    }

    int tiles() {
        return outputs.length;
    }

    byte[] tile(int index) {
        return image.payload().tiles().get(index);
    }

    InFlight<TiledImage> image() {
        return image;
    }

    /**
     * Takes one tile's output; every tile comes once.
     *
     * @return whether it was the last one of an image that has not failed
     */
    boolean accept(int tile, TileOutput output) {
        if (outputs[tile] != null) {
            throw new IllegalStateException("tile " + tile + " came twice");
        }
        outputs[tile] = output;
        missing--;
        return missing == 0 && !failed;
    }

    boolean failed() {
        return failed;
    }

    /**
     * Marks the image as failed; its other tiles no longer matter.
     *
     * @return whether this is the first failure
     */
    boolean fail() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    /** The image with all outputs, and the time since it was opened: waiting for company included. */
    InFlight<SegmentedImage> finish(long nowNanos) {
        List<TileOutput> all = Arrays.asList(outputs);
        return image.after(
                "inference",
                nowNanos - openedAtNanos,
                new SegmentedImage(image.payload().source(), all));
    }
}
