package org.lesionstream.local.demo;

import org.lesionstream.schemas.image.PixelSpacing;

/**
 * Size of a picture in the world.
 *
 * @param pixels from one pixel to the next
 * @param slicesMillimetres from one slice of a volume to the next
 */
record VoxelSpacing(PixelSpacing pixels, double slicesMillimetres) {

    /**
     * What the demo says of phantoms, which have no size in the world: at half a millimetre per pixel their lesions are some millimetres wide, and
     * at two millimetres per slice about as deep.
     */
    static final VoxelSpacing OF_PHANTOMS = new VoxelSpacing(new PixelSpacing(0.5, 0.5), 2.0);

    VoxelSpacing {
        if (!(slicesMillimetres > 0 && Double.isFinite(slicesMillimetres))) {
            throw new IllegalArgumentException("slicesMillimetres must be positive, was " + slicesMillimetres);
        }
    }
}
