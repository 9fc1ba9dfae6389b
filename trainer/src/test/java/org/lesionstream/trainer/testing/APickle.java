package org.lesionstream.trainer.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pickles and PyTorch files put together by hand, right and wrong ones. */
public final class APickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public APickle() {
        raw(0x80, 2);
    }

    public APickle raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** Instructions without operands. */
    public APickle raw(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public APickle repeat(int times, int... bytes) {
        for (int i = 0; i < times; i++) {
            raw(bytes);
        }
        return this;
    }

    public APickle integer(int number) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
        return this;
    }

    public APickle longInteger(long number) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
        return this;
    }

    /** Pushes a word. */
    public APickle word(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        raw('X').integer(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Pushes a number. */
    public APickle number(long number) {
        return raw(0x8a, 8).longInteger(number);
    }

    public APickle global(String module, String name) {
        return raw("c" + module + "\n" + name + "\n");
    }

    /** Pushes a tuple of numbers. */
    public APickle numbers(long... numbers) {
        raw('(');
        for (long number : numbers) {
            number(number);
        }
        return raw('t');
    }

    /** Pushes a storage of floats. */
    public APickle storage(String key, long count) {
        return raw('(').word("storage")
                .global("torch", "FloatStorage")
                .word(key)
                .word("cpu")
                .number(count)
                .raw("tQ");
    }

    /** Pushes a tensor of floats. */
    public APickle tensor(String key, long count, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .raw('(')
                .storage(key, count)
                .number(offset)
                .numbers(shape)
                .numbers(strides)
                .raw(0x89)
                .raw("NtR");
    }

    public byte[] stop() {
        out.write('.');
        return out.toByteArray();
    }

    /** Writes a zip form of such a pickle with storages of zeros. */
    public static Path zip(Path file, byte[] pickle, Map<String, Integer> storageBytes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle);
        storageBytes.forEach((key, bytes) -> entries.put("archive/data/" + key, new byte[bytes]));
        return zip(file, entries, ZipEntry.STORED);
    }

    /** Writes any zip file. */
    public static Path zip(Path file, Map<String, byte[]> entries, int method) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return file;
    }
}
