package org.lesionstream.trainer.data;

import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.network.InputRule;

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
 * <p>A network that sees the whole image at once is always fed whole pictures, since its tiles would not agree; one whose output lacks the border is always
 * fed tiles, larger by what it loses.
 *
 * @param size side of the square input in pixels
 * @param geometry tiles or fit
 * @param rule sizes that the network takes, the chosen one among them
 */
public record InputChoice(int size, GeometryKind geometry, InputRule rule) {

    public InputChoice {
        rule.require(size, size);
        if (rule.lost() == 0 && size % rule.grid() != 0) {
            throw new IllegalArgumentException(
                    "size must be a positive multiple of " + rule.grid() + " for this network, was " + size);
        }
        if (geometry == GeometryKind.FIT && rule.lost() > 0) {
            throw new IllegalArgumentException(
                    "this network's output lacks the border, so it is fed tiles: leave out --geometry fit");
        }
    }

    private static final int SMALL = 192;
    private static final int MEDIUM = 640;
    private static final int FIT_SIZE = 128;
    private static final int TILE_SIZE = 256;
    private static final int OVERLAP_SHARE = 8;

    /**
     * Chooses, as far as nothing is given.
     *
     * @param rule sizes that the network takes
     * @param wholeImage whether the network sees the whole image at once
     */
    public static InputChoice of(
            DatasetFacts facts,
            InputRule rule,
            boolean wholeImage,
            OptionalInt givenSize,
            Optional<GeometryKind> givenGeometry) {
        GeometryKind geometry = givenGeometry.orElseGet(() -> geometryFor(facts.medianLongerSide(), rule, wholeImage));
        return new InputChoice(givenSize.orElseGet(() -> sizeFor(geometry, facts, rule)), geometry, rule);
    }

    /**
     * Chooses where there are no pictures to look at: tiles, unless the network sees the whole image or their margins would leave less of a tile than one step
     * of the grid.
     *
     * @param margin of the network, see {@link #spec}
     */
    public static InputChoice of(
            int size, InputRule rule, boolean wholeImage, int margin, Optional<GeometryKind> givenGeometry) {
        boolean narrow = rule.lost() == 0 && size - 2 * Math.min(margin, size / OVERLAP_SHARE) < rule.grid();
        GeometryKind geometry = wholeImage || narrow ? GeometryKind.FIT : GeometryKind.TILES;
        return new InputChoice(size, givenGeometry.orElse(geometry), rule);
    }

    /**
     * The input as a manifest records it.
     *
     * @param margin of the network: half its receptive field. Neighbouring tiles overlap by at most a quarter of their size all the same, since a full
     *     margin would make a picture cost many times its pixels; the outermost part of a receptive field hardly matters. What a network loses is lost
     *     whatever it costs
     */
    public InputSpec spec(int channels, int margin) {
        if (geometry == GeometryKind.FIT) {
            return InputSpec.fit(size, size, channels);
        }
        return rule.lost() > 0
                ? InputSpec.validTiles(size, size, channels, rule.lost() / 2, rule.grid())
                : InputSpec.tiles(size, size, channels, Math.min(margin, size / OVERLAP_SHARE), rule.grid());
    }

    private static GeometryKind geometryFor(int side, InputRule rule, boolean wholeImage) {
        boolean middling = side > SMALL && side <= MEDIUM;
        return rule.lost() == 0 && (wholeImage || middling) ? GeometryKind.FIT : GeometryKind.TILES;
    }

    private static int sizeFor(GeometryKind geometry, DatasetFacts facts, InputRule rule) {
        int wanted = geometry == GeometryKind.FIT ? FIT_SIZE : Math.min(facts.longestSide(), TILE_SIZE) + rule.lost();
        int gridded = (wanted - rule.lost() + rule.grid() - 1) / rule.grid() * rule.grid() + rule.lost();
        return rule.atLeast(gridded);
    }
}
