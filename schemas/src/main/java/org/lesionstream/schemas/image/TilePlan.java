package org.lesionstream.schemas.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which windows of a picture go through the network, and which pixels of each output are kept.
 *
 * <ul>
 *   <li>The kept windows cover every pixel of the prepared picture exactly once.
 *   <li>A kept pixel lies at least {@code margin} pixels inside its tile, or the tile ends at the border of the picture there.
 *   <li>Tile starts are multiples of the alignment, so a pixel meets the same pooling grid in whichever tile it is.
 *   <li>Padded networks: the first tile begins at the border and the last one ends there, as zero padding did in training; where the alignment
 *       forbids that the last tile reaches past the border by less than one alignment, into mirrored pixels. A picture no larger than a tile is one tile.
 *   <li>Valid networks: the overlap-tile strategy of the U-Net paper (Ronneberger et al. 2015): outputs start at multiples of the largest aligned
 *       step that leaves no gap, inputs reach {@code margin} pixels further on each side.
 * </ul>
 *
 * @param sourceHeight rows of the picture as it was decoded, to which the result returns
 * @param sourceWidth columns likewise
 * @param height rows of the prepared picture, which is what gets cut
 * @param width columns likewise
 * @param tiles row by row from the top left; {@code tiles.get(i).index() == i}
 */
public record TilePlan(InputSpec spec, int sourceHeight, int sourceWidth, int height, int width, List<Tile> tiles) {

    /** A rectangle of the prepared picture; an input window may reach over the border. */
    public record Window(int row, int column, int height, int width) {}

    /**
     * One pass through the network.
     *
     * @param input what the network reads; pixels beyond the border are mirrored
     * @param kept what its output decides, inside the picture
     * @param outputRow row of the tile's output at which the kept window begins
     * @param outputColumn column likewise
     */
    public record Tile(int index, Window input, Window kept, int outputRow, int outputColumn) {}

    public TilePlan {
        Checks.positive("sourceHeight", sourceHeight);
        Checks.positive("sourceWidth", sourceWidth);
        Checks.positive("height", height);
        Checks.positive("width", width);
        tiles = List.copyOf(tiles);
    }

    /** The plan of a picture whose spacing does not matter. */
    public static TilePlan of(int imageHeight, int imageWidth, InputSpec spec) {
        return of(imageHeight, imageWidth, Optional.empty(), spec);
    }

    /** The plan of a picture that is first brought to the spacing or size that {@code spec} asks for. */
    public static TilePlan of(int imageHeight, int imageWidth, Optional<PixelSpacing> spacing, InputSpec spec) {
        Resampling size = Resampling.of(imageHeight, imageWidth, spacing, spec);
        boolean fit = spec.geometry() == GeometryKind.FIT;
        TileAxis rows = fit ? TileAxis.single(size.height()) : TileAxis.of(size.height(), spec.height(), spec);
        TileAxis columns = fit ? TileAxis.single(size.width()) : TileAxis.of(size.width(), spec.width(), spec);
        List<Tile> tiles = new ArrayList<>(rows.count() * columns.count());
        for (int r = 0; r < rows.count(); r++) {
            for (int c = 0; c < columns.count(); c++) {
                Window input = new Window(rows.inputStart(r), columns.inputStart(c), spec.height(), spec.width());
                Window kept =
                        new Window(rows.keptStart(r), columns.keptStart(c), rows.keptLength(r), columns.keptLength(c));
                tiles.add(new Tile(tiles.size(), input, kept, rows.keptOffset(r), columns.keptOffset(c)));
            }
        }
        return new TilePlan(spec, imageHeight, imageWidth, size.height(), size.width(), tiles);
    }
}
