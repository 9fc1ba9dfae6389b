package org.lesionstream.schemas.image;

/** What a network gave for one tile, as plain bytes. The receiver owns the arrays. */
public sealed interface TileOutput {

    /**
     * Decided pixels, for geometry {@link GeometryKind#TILES}.
     *
     * @param labels output height * output width label bytes
     * @param confidence as many confidence bytes, 255 = certain
     */
    @SuppressWarnings("ArrayRecordComponent") // ownership passes on; nobody compares outputs
    record Labels(byte[] labels, byte[] confidence) implements TileOutput {

        public Labels {
            Checks.length("confidence", confidence, labels.length);
        }
    }

    /**
     * Probability planes, for geometry {@link GeometryKind#FIT}.
     *
     * @param planes uint8 [K, h, w], 255 = certain: one plane per foreground class for sigmoid heads, one per class for softmax
     */
    @SuppressWarnings("ArrayRecordComponent") // ownership passes on; nobody compares outputs
    record Probabilities(byte[] planes) implements TileOutput {}
}
