package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.lesionstream.schemas.checkpoint.Digest;

/** SHA-256 (FIPS 180-4) as a value that can be compared. */
final class Sha256 {

    private Sha256() {}

    /** The digest of all parts in a row. */
    static ByteBuffer of(byte[]... parts) {
        MessageDigest digest = Digest.begun();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer();
    }
}
