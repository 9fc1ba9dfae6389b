package org.lesionstream.schemas.image;

/** Checks the header of an uncompressed Windows bitmap against the length of the file. Run-length and embedded JPEG or PNG data are not read. */
final class BmpStructure {

    private static final int OLD_HEADER_BYTES = 12;
    private static final int PLAIN = 0;
    private static final int BIT_FIELDS = 3;

    private BmpStructure() {}

    static void inspect(FileBytes bigEndian, DecodeLimits limits) {
        FileBytes file = bigEndian.littleEndian();
        long pixels = file.uint32(10);
        long headerBytes = file.uint32(14);
        boolean old = headerBytes == OLD_HEADER_BYTES;
        if (!old && headerBytes < 40) {
            throw FileBytes.unsupported("BMP header of " + headerBytes + " bytes");
        }
        long width = old ? file.uint16(18) : file.int32(18);
        long height = old ? file.uint16(20) : Math.abs((long) file.int32(22)); // negative: rows from the top
        int bits = file.uint16(old ? 24 : 28);
        long compression = old ? PLAIN : file.uint32(30);
        limits.checkPixels(width, height);
        if (compression != PLAIN && compression != BIT_FIELDS) {
            throw FileBytes.unsupported("BMP compression " + compression);
        }
        long rowBytes = (width * bits + 31) / 32 * 4;
        file.within(pixels, rowBytes * height);
    }
}
