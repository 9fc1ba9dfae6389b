package org.lesionstream.worker.decode.dicom.codec;

import java.nio.ByteBuffer;

/**
 * What a JPEG 2000 code stream states of itself (ITU-T T.800, annex A): its size, and where its parts end.
 *
 * @param precision bits of a sample, of the component that has most
 */
record Jpeg2000Header(int rows, int columns, int samples, int precision) {

    private static final int START = 0xff4f_ff51; // start of code stream, then the size
    private static final int START_OF_TILE_PART = 0xff90;
    private static final int END = 0xffd9;
    private static final int SIZE_SEGMENT = 38; // without its components
    private static final int TILE_PART_SEGMENT = 12;
    private static final int WITHOUT_SIGN = 0x7f;

    /**
     * Reads the first segment, and goes from part to part up to the end: decoders make up what is missing.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if it is no code stream, ends early, or has components that are smaller than the picture
     */
    static Jpeg2000Header of(byte[] coded) {
        ByteBuffer bytes = ByteBuffer.wrap(coded);
        if (coded.length < 4 + SIZE_SEGMENT || bytes.getInt(0) != START) {
            throw Refusal.damaged("a JPEG 2000 frame that does not begin with its size");
        }
        int samples = bytes.getShort(40) & 0xffff;
        int components = 4 + SIZE_SEGMENT;
        if (samples == 0 || coded.length < components + 3 * samples) {
            throw Refusal.damaged("a JPEG 2000 frame of " + samples + " components");
        }
        int precision = 0;
        for (int at = components; at < components + 3 * samples; at += 3) {
            precision = Math.max(precision, 1 + (coded[at] & WITHOUT_SIGN));
            if (coded[at + 1] != 1 || coded[at + 2] != 1) {
                throw Refusal.unsupported("JPEG 2000 components of different sizes");
            }
        }
        checkParts(bytes);
        return new Jpeg2000Header(extent(bytes, 12, 20), extent(bytes, 8, 16), samples, precision);
    }

    /** From the offset of the picture on the grid of the code stream to its end. */
    private static int extent(ByteBuffer bytes, int end, int begin) {
        long extent = uint32(bytes, end) - uint32(bytes, begin);
        if (extent < 1 || extent > Integer.MAX_VALUE) {
            throw Refusal.damaged("a JPEG 2000 frame of extent " + extent);
        }
        return (int) extent;
    }

    private static void checkParts(ByteBuffer bytes) {
        long at = 2;
        while (at <= bytes.limit() - 4) {
            int marker = bytes.getShort((int) at) & 0xffff;
            if (marker != START_OF_TILE_PART) {
                at += 2 + (bytes.getShort((int) at + 2) & 0xffff);
            } else if (at > bytes.limit() - TILE_PART_SEGMENT) {
                break;
            } else {
                long length = uint32(bytes, (int) at + 6);
                at = length == 0 ? lastMarker(bytes) : at + Math.max(length, TILE_PART_SEGMENT);
            }
            if (at <= bytes.limit() - 2 && (bytes.getShort((int) at) & 0xffff) == END) {
                return;
            }
        }
        throw Refusal.damaged("a JPEG 2000 frame that ends early");
    }

    /** Where the end is if the last part does not tell: before a byte of padding, if there is one. */
    private static int lastMarker(ByteBuffer bytes) {
        return bytes.limit() - (bytes.get(bytes.limit() - 1) == 0 ? 3 : 2);
    }

    private static long uint32(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffff_ffffL;
    }
}
