package org.lesionstream.worker.pipeline;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.tile.CutImage;

/**
 * An image some of whose tiles are still on their way through the network. Confined to the inference thread.
 */
final class OpenImage {
    private final InFlight<TiledImage> image;
    private final TileOutput[] outputs;
    private final long openedAtNanos;
    private int missing;
    private boolean begun;
    private long begunAtNanos;
    private boolean failed;

    OpenImage(InFlight<TiledImage> image, long nowNanos) {
        this.image = image;
        this.outputs = new TileOutput[image.payload().cut().tiles()];
        this.missing = outputs.length;
        this.openedAtNanos = nowNanos;
    }

    int tiles() {
        return outputs.length;
    }

    CutImage cut() {
        return image.payload().cut();
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

    /** The device takes its tiles from now on; false if they are no longer wanted. */
    boolean begin(long nowNanos) {
        begun = !failed && image.claim().begin();
        begunAtNanos = nowNanos;
        return begun;
    }

    /** When it did; meaningless before. */
    long begunAtNanos() {
        return begunAtNanos;
    }

    /** Whether the device has taken one of its tiles. */
    boolean begun() {
        return begun;
    }

    /** Whether its tiles are no longer wanted. */
    boolean over() {
        return failed || image.claim().ended();
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

    /** Lets go of the network; may be called again. */
    void close() {
        image.payload().network().close();
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
