package org.lesionstream.schemas.message;

import org.lesionstream.schemas.image.IntensityRule;

/**
 * What of a picture's range is looked at: from black to white, in the units of the picture, such as Hounsfield units. A DICOM window of centre c and width
 * w is from {@code c - w / 2} to {@code c + w / 2} (PS3.3, C.11.2.1.2), up to half a unit.
 *
 * @param low black, below {@code high}
 * @param high white
 */
public record IntensityWindow(double low, double high) {
    public IntensityWindow {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("low must be below high and both finite, were " + low + " and " + high);
        }
    }

    /** As a picture has it. */
    public IntensityRule.Window rule() {
        return new IntensityRule.Window(low, high);
    }
}
