package org.lesionstream.trainer.phantom;

import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * One made-up picture and its truth.
 *
 * @param mask 1 where the centre of the pixel lies inside a lesion, else 0
 */
public record Phantom(PixelGrid picture, LabelMask mask) {}
