package org.lesionstream.schemas.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Builds PNG files that no writer would write. */
final class Png {

    private static final int SIGNATURE = 8; // bytes
    static final int BEHIND_HEADER = SIGNATURE + 25;
    private static final int CHUNK_FRAME = 12; // length, type and checksum, in bytes

    private Png() {}

    /** Signature, a header of this size, and an end: no pixels. */
    static byte[] ofSize(int width, int height) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .array();
        file.writeBytes(chunk("IHDR", header));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    /** The file with one more chunk behind its header. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Arrays.copyOf(png, BEHIND_HEADER));
        file.writeBytes(chunk(type, data));
        file.writeBytes(Arrays.copyOfRange(png, BEHIND_HEADER, png.length));
        return file.toByteArray();
    }

    /** The file with the checksum of every chunk made right, up to the first one that is not whole. */
    static byte[] withSoundChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png.clone());
        int chunk = SIGNATURE;
        while (chunk + CHUNK_FRAME <= png.length) {
            int length = file.getInt(chunk);
            if (length < 0 || length > png.length - chunk - CHUNK_FRAME) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, chunk + 4, 4 + length);
            file.putInt(chunk + 8 + length, (int) crc.getValue());
            chunk += CHUNK_FRAME + length;
        }
        return file.array();
    }

    static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }
}
