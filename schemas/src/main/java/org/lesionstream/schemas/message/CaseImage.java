package org.lesionstream.schemas.message;

/**
 * Which image of which case.
 *
 * @param id opaque pseudonym of the case, see {@link Identifier}
 * @param image number of this image in its case, counted from 1
 * @param images how many images the case has; 1 for a single picture
 */
public record CaseImage(String id, int image, int images) {

    /** Most images that one case may have. */
    public static final int MAX_IMAGES = 100_000;

    public CaseImage {
        Identifier.check("case id", id);
        if (images < 1 || images > MAX_IMAGES) {
            throw new IllegalArgumentException("images must be from 1 to " + MAX_IMAGES + ", was " + images);
        }
        if (image < 1 || image > images) {
            throw new IllegalArgumentException("image must be from 1 to " + images + ", was " + image);
        }
    }
}
