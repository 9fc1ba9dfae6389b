package org.lesionstream.schemas.image;

import java.util.BitSet;

/**
 * Puts the kept windows of label tiles together to one mask, in whatever order they arrive.
 *
 * <ul>
 *   <li>Every pixel is written exactly once, by the tile that keeps it; tiles are copied from, never kept.
 *   <li>Confined to one thread.
 * </ul>
 */
public final class MaskStitcher {

    private final TilePlan plan;
    private final byte[] labels;
    private final byte[] confidence;
    private final BitSet accepted = new BitSet();

    public MaskStitcher(TilePlan plan) {
        this.plan = plan;
        this.labels = new byte[Math.multiplyExact(plan.height(), plan.width())];
        this.confidence = new byte[labels.length];
    }

    /**
     * Takes one tile.
     *
     * @param labels holds the tile's output, output height * output width bytes, from {@code offset} on
     * @param confidence likewise
     * @throws IllegalArgumentException if the tile was there before
     */
    public void accept(int tileIndex, byte[] labels, byte[] confidence, int offset) {
        if (accepted.get(tileIndex)) {
            throw new IllegalArgumentException("tile " + tileIndex + " must come once");
        }
        TilePlan.Tile tile = plan.tiles().get(tileIndex);
        TilePlan.Window kept = tile.kept();
        int tileWidth = plan.spec().outputWidth();
        for (int r = 0; r < kept.height(); r++) {
            int from = offset + (tile.outputRow() + r) * tileWidth + tile.outputColumn();
            int to = (kept.row() + r) * plan.width() + kept.column();
            System.arraycopy(labels, from, this.labels, to, kept.width());
            System.arraycopy(confidence, from, this.confidence, to, kept.width());
        }
        accepted.set(tileIndex);
    }

    /** Takes one tile's output. */
    public void accept(int tileIndex, TileOutput.Labels output) {
        Checks.length("labels", output.labels(), plan.spec().outputPixels());
        accept(tileIndex, output.labels(), output.confidence(), 0);
    }

    /** Whether every tile is there. */
    public boolean complete() {
        return accepted.cardinality() == plan.tiles().size();
    }

    /** The mask, at the size of the prepared picture. */
    public LabelMask labels() {
        checkComplete();
        return new LabelMask(plan.height(), plan.width(), labels);
    }

    /** Confidence bytes in the order of the mask. */
    public byte[] confidence() {
        checkComplete();
        return confidence;
    }

    private void checkComplete() {
        if (!complete()) {
            throw new IllegalStateException(
                    accepted.cardinality() + " of " + plan.tiles().size() + " tiles are there");
        }
    }
}
