package org.lesionstream.schemas.image;

/** How a picture of any size meets a network of one input size. */
public enum GeometryKind {

    /** The picture is resized to the input size; probability maps are resized back and decided at source size. */
    FIT,

    /** The picture is cut into overlapping tiles at its own resolution; label tiles are put together again. */
    TILES
}
