package org.lesionstream.schemas.image;

import java.util.zip.CRC32;

/** Walks the chunks of a PNG (ISO/IEC 15948): size first, then checksums of everything that makes pixels, up to the end chunk. */
final class PngStructure {

    private static final int HEADER = 0x49484452; // IHDR
    private static final int PALETTE = 0x504c5445; // PLTE
    private static final int DATA = 0x49444154; // IDAT
    private static final int END = 0x49454e44; // IEND
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_FRAME_BYTES = 12; // length, type, checksum

    /** Chunks of a picture: the usual ones of 8 KiB make up to 800 MB. The JDK's reader takes its time for each, also an empty one. */
    private static final int MOST_CHUNKS = 100_000;

    private PngStructure() {}

    static void inspect(FileBytes file, DecodeLimits limits) {
        if (file.uint32(SIGNATURE_BYTES) != 13 || file.int32(SIGNATURE_BYTES + 4) != HEADER) {
            throw FileBytes.damaged("PNG does not begin with its header");
        }
        limits.checkPixels(file.uint32(SIGNATURE_BYTES + 8), file.uint32(SIGNATURE_BYTES + 12));
        boolean data = false;
        int chunks = 0;
        long chunk = SIGNATURE_BYTES;
        int type;
        do {
            long length = file.uint32(chunk);
            file.within(chunk, CHUNK_FRAME_BYTES + length);
            if (++chunks > MOST_CHUNKS) {
                throw FileBytes.damaged("PNG of more than " + MOST_CHUNKS + " chunks");
            }
            type = file.int32(chunk + 4);
            if (type == HEADER || type == PALETTE || type == DATA || type == END) {
                checkSum(file, chunk, length);
            }
            data |= type == DATA;
            chunk += CHUNK_FRAME_BYTES + length;
        } while (type != END);
        if (!data) {
            throw FileBytes.damaged("PNG without pixels");
        }
    }

    private static void checkSum(FileBytes file, long chunk, long length) {
        CRC32 crc = new CRC32();
        crc.update(file.array(), (int) chunk + 4, (int) length + 4);
        if (crc.getValue() != file.uint32(chunk + 8 + length)) {
            throw FileBytes.damaged("PNG with a wrong checksum");
        }
    }
}
