package org.lesionstream.trainer.data;

import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;

/**
 * Which input a network gets, where nobody says so.
 *
 * <table>
 *   <caption>By the median of the pictures' longer sides</caption>
 *   <tr><th>pixels</th><th>choice</th><th>reason</th></tr>
 *   <tr><td>up to 192</td><td>tiles of the largest picture</td><td>one tile, nothing is resampled</td></tr>
 *   <tr><td>up to 640</td><td>fit to 128 x 128</td><td>the whole picture in view, a quarter of the work of 256; boundaries are interpolated from
 *       probabilities</td></tr>
 *   <tr><td>more</td><td>tiles of 256 x 256</td><td>shrinking would lose small lesions</td></tr>
 * </table>
 *
 * @param size side of the square input in pixels; must be a multiple of the network's alignment
 * @param geometry tiles or fit
 */
public record InputChoice(int size, GeometryKind geometry) {

    private static final int SMALL = 192;
    private static final int MEDIUM = 640;
    private static final int FIT_SIZE = 128;
    private static final int TILE_SIZE = 256;
    private static final int OVERLAP_SHARE = 8;

    /**
     * Chooses, as far as nothing is given.
     *
     * @param alignment multiple that the network asks of its input
     */
    public static InputChoice of(
            DatasetFacts facts, int alignment, OptionalInt givenSize, Optional<GeometryKind> givenGeometry) {
        GeometryKind geometry = givenGeometry.orElseGet(() -> geometryFor(facts.medianLongerSide()));
        int size = givenSize.orElseGet(() -> sizeFor(geometry, facts, alignment));
        return new InputChoice(aligned(size, alignment), geometry);
    }

    /**
     * Chooses where there are no pictures to look at: tiles, unless their margins would leave less of a tile than one step of the alignment.
     *
     * @param margin of the network, see {@link #spec}
     */
    public static InputChoice of(int size, int margin, int alignment, Optional<GeometryKind> givenGeometry) {
        int centre = size - 2 * Math.min(margin, size / OVERLAP_SHARE);
        GeometryKind geometry = centre < alignment ? GeometryKind.FIT : GeometryKind.TILES;
        return new InputChoice(aligned(size, alignment), givenGeometry.orElse(geometry));
    }

    private static int aligned(int size, int alignment) {
        if (size <= 0 || size % alignment != 0) {
            throw new IllegalArgumentException(
                    "size must be a positive multiple of " + alignment + " for this network, was " + size);
        }
        return size;
    }

    /**
     * The input as a manifest records it.
     *
     * @param margin of the network: half its receptive field. Neighbouring tiles overlap by at most a quarter of their size all the same, since a full
     *     margin would make a picture cost many times its pixels; the outermost part of a receptive field hardly matters
     */
    public InputSpec spec(int channels, int margin, int alignment) {
        return geometry == GeometryKind.FIT
                ? InputSpec.fit(size, size, channels)
                : InputSpec.tiles(size, size, channels, Math.min(margin, size / OVERLAP_SHARE), alignment);
    }

    private static GeometryKind geometryFor(int side) {
        return side > SMALL && side <= MEDIUM ? GeometryKind.FIT : GeometryKind.TILES;
    }

    private static int sizeFor(GeometryKind geometry, DatasetFacts facts, int alignment) {
        if (geometry == GeometryKind.FIT) {
            return roundUp(FIT_SIZE, alignment);
        }
        return roundUp(Math.min(facts.longestSide(), TILE_SIZE), alignment);
    }

    private static int roundUp(int value, int step) {
        return (value + step - 1) / step * step;
    }
}
