package org.lesionstream.schemas.message;

import org.lesionstream.schemas.checkpoint.Digest;

/**
 * Where the mask of a result is.
 *
 * @param encoding file format, {@code png}
 * @param sha256 digest of the file
 * @param where path below the worker's address, such as {@code /api/jobs/j-1/mask.png}
 */
public record MaskReference(String encoding, Digest sha256, String where) {
    public MaskReference {
        if (!encoding.equals("png")) {
            throw new IllegalArgumentException("encoding must be png, was " + encoding);
        }
        if (!where.startsWith("/")) {
            throw new IllegalArgumentException("where must begin with /, was " + where);
        }
    }
}
