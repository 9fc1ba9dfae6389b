package org.lesionstream.schemas.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates a gzip file in memory (RFC 1952), all its members one after the other; {@code bgzip} writes thousands.
 *
 * <p>The JDK's stream calls itself for each empty member, so that a megabyte of them overflows the stack. This one loops. What follows the last member and is
 * none is left alone, as there. Confined to one thread.
 */
final class GzipMembers extends InputStream {

    private static final int HEADER = 10; // bytes
    private static final int TRAILER = 8;
    private static final int CHECKED = 2; // flags
    private static final int EXTRA = 4;
    private static final int NAMED = 8;
    private static final int COMMENTED = 16;

    /** Most bytes of one read. */
    private static final int PIECE = 1 << 16;

    private final Runnable beforeEachPiece;
    private final ByteBuffer file;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean ended;

    /**
     * Begins a file.
     *
     * @param beforeEachPiece may end the reading with an exception of its own, as when there is no time left
     * @throws IOException if the file does not begin with a member
     */
    GzipMembers(byte[] file, Runnable beforeEachPiece) throws IOException {
        this.beforeEachPiece = beforeEachPiece;
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        beginMember();
    }

    /** Whether a member may begin at a position. */
    static boolean begin(byte[] file, int at) {
        return file.length - at >= 2 && file[at] == 0x1f && (file[at + 1] & 0xff) == 0x8b;
    }

    private void beginMember() throws IOException {
        require(HEADER);
        int start = file.position();
        if (!begin(file.array(), start) || file.get(start + 2) != 8) {
            throw new ZipException("no gzip member");
        }
        int flags = file.get(start + 3);
        file.position(start + HEADER);
        if ((flags & EXTRA) != 0) {
            require(2);
            skip(file.getShort() & 0xffff);
        }
        if ((flags & NAMED) != 0) {
            skipText();
        }
        if ((flags & COMMENTED) != 0) {
            skipText();
        }
        if ((flags & CHECKED) != 0) {
            skip(2);
        }
        checksum.reset();
        inflater.reset();
        inflater.setInput(file.array(), file.position(), file.remaining());
    }

    private void skipText() throws IOException {
        do {
            require(1);
        } while (file.get() != 0);
    }

    private void skip(int count) throws IOException {
        require(count);
        file.position(file.position() + count);
    }

    private void require(int count) throws IOException {
        if (file.remaining() < count) {
            throw new EOFException();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (length > 0 && !ended) {
            beforeEachPiece.run();
            int count = inflate(target, offset, Math.min(length, PIECE));
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else { // all of the file was its input, or it wants a dictionary, which gzip has none of
                throw new EOFException();
            }
        }
        return length == 0 ? 0 : -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    private void endMember() throws IOException {
        file.position(file.limit() - inflater.getRemaining());
        require(TRAILER);
        if (file.getInt() != (int) checksum.getValue() || file.getInt() != (int) inflater.getBytesWritten()) {
            throw new ZipException("a gzip member fails its checksum");
        }
        if (begin(file.array(), file.position())) {
            beginMember();
        } else {
            ended = true;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
