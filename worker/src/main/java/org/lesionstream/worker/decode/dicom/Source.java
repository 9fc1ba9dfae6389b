package org.lesionstream.worker.decode.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** Bytes in one byte order, whose reads refuse the file where it ends too early. */
final class Source {

    private final byte[] bytes;
    private final ByteBuffer buffer;

    Source(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    boolean bigEndian() {
        return buffer.order() == ByteOrder.BIG_ENDIAN;
    }

    int uint8(int offset) {
        return bytes[within(offset, 1)] & 0xff;
    }

    int uint16(int offset) {
        return buffer.getShort(within(offset, 2)) & 0xffff;
    }

    long uint32(int offset) {
        return buffer.getInt(within(offset, 4)) & 0xffff_ffffL;
    }

    long int64(int offset) {
        return buffer.getLong(within(offset, 8));
    }

    double float64(int offset) {
        return Double.longBitsToDouble(int64(offset));
    }

    /** A tag: two numbers of 16 bits, each in the byte order of the data set. */
    int tag(int offset) {
        return uint16(offset) << 16 | uint16(offset + 2);
    }

    private int within(int offset, int count) {
        if (offset < 0 || offset > bytes.length - count) {
            throw Refusal.damaged("the file ends early");
        }
        return offset;
    }
}
