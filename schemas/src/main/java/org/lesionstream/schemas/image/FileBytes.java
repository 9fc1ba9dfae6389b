package org.lesionstream.schemas.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** The bytes of a file with unsigned reads that refuse the file where it ends too early. Offsets are long, so that no sum of header fields overflows. */
final class FileBytes {

    private final byte[] bytes;
    private final ByteBuffer buffer;

    FileBytes(byte[] bytes) {
        this(bytes, ByteOrder.BIG_ENDIAN);
    }

    private FileBytes(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    FileBytes littleEndian() {
        return new FileBytes(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return bytes.length;
    }

    byte[] array() {
        return bytes;
    }

    int uint8(long offset) {
        return bytes[within(offset, 1)] & 0xff;
    }

    int uint16(long offset) {
        return buffer.getShort(within(offset, 2)) & 0xffff;
    }

    int int32(long offset) {
        return buffer.getInt(within(offset, 4));
    }

    long uint32(long offset) {
        return int32(offset) & 0xffff_ffffL;
    }

    /** The offset as array index, after making sure that {@code count} bytes lie there. */
    int within(long offset, long count) {
        if (offset < 0 || count < 0 || offset + count > bytes.length) {
            throw damaged("ends early");
        }
        return (int) offset;
    }

    static ImageRefusedException damaged(String detail) {
        return new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, detail);
    }

    static ImageRefusedException unsupported(String detail) {
        return new ImageRefusedException(Reason.UNSUPPORTED_FORMAT, detail);
    }
}
