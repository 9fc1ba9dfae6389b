package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;

/** Gives the background that regions enclose to the region around it; of nested regions to the innermost. */
final class HoleFilling {
    private HoleFilling() {}

    /** A mask without such holes; the given one stays as it is. */
    static LabelMask fill(LabelMask mask) {
        record Enclosing(Region region, RegionMoments box) {
            long size() {
                return (long) (box.maxRow() - box.minRow()) * (box.maxColumn() - box.minColumn());
            }
        }

        List<Enclosing> enclosing = new ArrayList<>();
        for (Region region : ConnectedComponents.of(mask)) {
            if (RegionOutline.of(region).holes() > 0) {
                enclosing.add(new Enclosing(region, RegionMoments.of(region)));
            }
        }
        if (enclosing.isEmpty()) {
            return mask;
        }
        byte[] filled = mask.labels().clone();
        // What lies in a hole of another region has the smaller box: it comes later and takes its own background back.
        enclosing.sort(Comparator.comparingLong(Enclosing::size).reversed());
        for (Enclosing each : enclosing) {
            RegionHoles.of(each.region(), each.box()).fill(mask.labels(), filled, mask.width(), (byte)
                    each.region().label());
        }
        return new LabelMask(mask.height(), mask.width(), filled);
    }
}
