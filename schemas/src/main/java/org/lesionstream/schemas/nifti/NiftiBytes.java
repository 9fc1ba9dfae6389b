package org.lesionstream.schemas.nifti;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lesionstream.schemas.image.DecodeTimer;

/** Parts of a file that may be gzip (RFC 1952): inflated in one pass, and no further than asked. */
final class NiftiBytes {

    private static final int BUFFER = 1 << 16;

    /** Deflate cannot make more of a byte. */
    private static final long MOST_RATIO = 1032;

    /** What may follow the voxels, and is read for the sake of the checksum at the end. */
    private static final int TAIL = 1 << 20;

    private NiftiBytes() {}

    static boolean areGzip(byte[] file) {
        return GzipMembers.begin(file, 0);
    }

    /** The first bytes, as many as there are up to {@code count}. */
    static byte[] head(byte[] file, int count) {
        if (!areGzip(file)) {
            return Arrays.copyOf(file, Math.min(file.length, count));
        }
        try (InputStream content = new GzipMembers(file, () -> {})) {
            return content.readNBytes(count);
        } catch (IOException e) { // its text may quote the file
            throw brokenGzip();
        }
    }

    /**
     * Some bytes from the middle: a view of a plain file, a new array of gzip.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the file ends before them, or gzip fails its checksum or goes on long after them, or there
     *     is no time left
     */
    static ByteBuffer part(byte[] file, int offset, int count, DecodeTimer timer) {
        long end = (long) offset + count;
        if (end > (areGzip(file) ? MOST_RATIO * file.length : file.length)) {
            throw Refusal.damaged("NIfTI with fewer bytes than voxels");
        }
        if (!areGzip(file)) {
            return ByteBuffer.wrap(file, offset, count).slice();
        }
        try (InputStream content = new GzipMembers(file, timer::check)) {
            content.skipNBytes(offset);
            byte[] part = new byte[count];
            if (content.readNBytes(part, 0, count) < count) {
                throw Refusal.damaged("NIfTI with fewer bytes than voxels");
            }
            finish(content);
            return ByteBuffer.wrap(part);
        } catch (IOException e) { // its text may quote the file
            throw brokenGzip();
        }
    }

    private static void finish(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long tail = 0;
        for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
            tail += got;
            if (tail > TAIL) {
                throw Refusal.damaged("gzip that goes on behind the voxels");
            }
        }
    }

    private static RuntimeException brokenGzip() {
        return Refusal.damaged("gzip that ends early or is damaged");
    }
}
