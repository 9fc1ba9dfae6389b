package org.lesionstream.local.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Files that look like pictures and must not hurt anybody. PNG as in ISO/IEC 15948. */
final class BadFiles {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private BadFiles() {}

    /** A PNG with the first half of the bytes of a good one. */
    static void writeTruncated(Path target, byte[] goodPng) throws IOException {
        Files.write(target, Arrays.copyOf(goodPng, goodPng.length / 2));
    }

    /** A valid black PNG of {@code side * side} grey pixels, a thousand times smaller than they are; written row by row, never held whole. */
    static void writeBomb(Path target, int side) throws IOException {
        try (DataOutputStream file = new DataOutputStream(Files.newOutputStream(target))) {
            file.write(SIGNATURE);
            ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side);
            header.put((byte) 8).put((byte) 0); // bits per sample; grey. Compression, filter, interlace: 0
            writeChunk(file, "IHDR", header.array());
            writeChunk(file, "IDAT", compressedZeros(side));
            writeChunk(file, "IEND", new byte[0]);
        }
    }

    private static byte[] compressedZeros(int side) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
            byte[] row = new byte[1 + side]; // the filter type of the row and its samples
            for (int i = 0; i < side; i++) {
                deflate.write(row);
            }
        }
        return compressed.toByteArray();
    }

    private static void writeChunk(DataOutputStream file, String type, byte[] data) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        checksum.update(name);
        checksum.update(data);
        file.writeInt(data.length);
        file.write(name);
        file.write(data);
        file.writeInt((int) checksum.getValue());
    }
}
