package org.lesionstream.trainer.data;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.Region;

/**
 * Which object every pixel belongs to, row by row; 0 is none. An object need not be connected.
 *
 * @param ids not negative, height * width of them; not copied, nobody writes to the array from here on
 */
@SuppressWarnings("ArrayRecordComponent") // planes are large: they are handed on, never copied or compared
public record InstancePlane(int height, int width, int[] ids) {

    public InstancePlane {
        if (height <= 0 || width <= 0) {
            throw new IllegalArgumentException("height and width must be positive, were " + height + " and " + width);
        }
        if (ids.length != (long) height * width) {
            throw new IllegalArgumentException("ids must be %d x %d, were %d".formatted(height, width, ids.length));
        }
        for (int id : ids) {
            if (id < 0) {
                throw new IllegalArgumentException("ids must not be negative, one was " + id);
            }
        }
    }

    /** The 8-connected regions of every label as objects. */
    public static InstancePlane ofRegions(LabelMask mask) {
        int[] ids = new int[mask.height() * mask.width()];
        List<Region> regions = ConnectedComponents.of(mask);
        for (int index = 0; index < regions.size(); index++) {
            Region region = regions.get(index);
            for (int run = 0; run < region.runs(); run++) {
                int row = region.row(run) * mask.width();
                Arrays.fill(ids, row + region.start(run), row + region.end(run), index + 1);
            }
        }
        return new InstancePlane(mask.height(), mask.width(), ids);
    }

    /** The same without the pixels that have a pixel of another object among their 8 neighbours: no two objects touch any more. */
    public InstancePlane separated() {
        int[] apart = ids.clone();
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int pixel = row * width + column;
                if (ids[pixel] != 0 && touchesAnother(row, column)) {
                    apart[pixel] = 0;
                }
            }
        }
        return new InstancePlane(height, width, apart);
    }

    private boolean touchesAnother(int row, int column) {
        int own = ids[row * width + column];
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                int other = ids[y * width + x];
                if (other != 0 && other != own) {
                    return true;
                }
            }
        }
        return false;
    }
}
