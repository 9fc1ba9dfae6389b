package org.lesionstream.schemas.lesion;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.VoxelSpacing;

/** Joins and measures the lesions of a volume, slice by slice. Confined to one thread. */
public final class VolumeMeasurer {

    public VolumeMeasurer(int slices, int height, int width, LesionRules rules, Optional<VoxelSpacing> spacing) {}

    /** Takes the next slice; slices ascend, and one that is missing is a gap. */
    public void add(int slice, LabelMask mask) {}

    /** The lesions of the slices so far, after all rules. */
    public List<VolumeLesion> lesions() {
        return List.of();
    }
}
