package org.lesionstream.worker.result.dicom;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * The UIDs of one result. Each is {@code 2.25.} and the number of a UUID (PS3.5, B.2) of version 8 (RFC 9562), whose other bits are from the
 * SHA-256 of what it stands for.
 *
 * <p>So work that is done twice has the same UIDs, and an archive that overwrites keeps one result; another checkpoint, picture or job has others.
 *
 * @param workId the job or case
 * @param sources the images it is about
 * @param checkpoint digest of what found it
 */
record ResultUids(String workId, List<ImageReference> sources, Digest checkpoint) {

    ResultUids {
        sources = List.copyOf(sources);
    }

    /**
     * The UID of one thing of this result.
     *
     * @param kind what it is
     * @param number which one, where there are several of the kind
     */
    String of(String kind, int... number) {
        MessageDigest digest = Digest.begun();
        add(digest, workId);
        sources.forEach(source -> add(digest, source.instanceUid() + "#" + source.frameNumber()));
        add(digest, checkpoint.hex());
        add(digest, kind + Arrays.toString(number));
        return uid(digest);
    }

    /** A UID that is the same in all results. */
    static String fixed(String kind, String of) {
        MessageDigest digest = Digest.begun();
        add(digest, kind);
        add(digest, of);
        return uid(digest);
    }

    /** With its length first, so that no two lists of texts run into the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static String uid(MessageDigest digest) {
        byte[] uuid = Arrays.copyOf(digest.digest(), 16);
        uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x80); // version 8
        uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80); // variant of RFC 9562
        return "2.25." + new BigInteger(1, uuid);
    }

    /** Without the UIDs of the sources. */
    @Override
    public String toString() {
        return "ResultUids[" + workId + ", " + sources.size() + " images]";
    }
}
