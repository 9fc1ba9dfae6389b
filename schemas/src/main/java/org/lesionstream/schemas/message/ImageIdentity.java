package org.lesionstream.schemas.message;

import org.lesionstream.schemas.checkpoint.Digest;

/**
 * Which picture was segmented.
 *
 * @param width columns
 * @param height rows
 * @param sha256 digest of the encoded picture, as fetched
 */
public record ImageIdentity(int width, int height, Digest sha256) {
    public ImageIdentity {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("width and height must be at least 1, were " + width + " and " + height);
        }
    }
}
