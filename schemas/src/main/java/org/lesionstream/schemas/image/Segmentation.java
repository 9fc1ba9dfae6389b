package org.lesionstream.schemas.image;

/**
 * What a network said about every pixel of a picture.
 *
 * @param mask the chosen label
 * @param confidence probability of the chosen label times 255, rounded, as unsigned bytes in the order of the mask; owned like the labels
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; nobody compares segmentations
public record Segmentation(LabelMask mask, byte[] confidence) {

    public Segmentation {
        Checks.length("confidence", confidence, mask.labels().length);
    }
}
