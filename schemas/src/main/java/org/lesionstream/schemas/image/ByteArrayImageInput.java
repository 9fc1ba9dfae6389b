package org.lesionstream.schemas.image;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An image input over bytes in memory: no cache, no temporary file, no copy.
 *
 * <p>A reader of the JDK gets the file in small pieces, each if there is time left. That is where it can be stopped whatever it is about: a listener
 * for progress hears nothing before the first row, which in a progressive JPEG comes after the last scan.
 */
final class ByteArrayImageInput extends ImageInputStreamImpl {

    private static final int PIECE = 4096;

    private final byte[] bytes;
    private final DecodeTimer timer;

    ByteArrayImageInput(byte[] bytes, DecodeTimer timer) {
        this.bytes = bytes;
        this.timer = timer;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return length == 0 ? 0 : -1;
        }
        timer.check();
        int count = (int) Math.min(Math.min(length, PIECE), bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
