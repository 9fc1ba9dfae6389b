package org.lesionstream.trainer.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The container of a TorchScript file: a zip whose entries are stored as they are, below one folder.
 *
 * <p>Equal entries in equal order give equal bytes: no entry carries the time of its making. Confined to one thread.
 */
public final class StoredArchive implements AutoCloseable {
    private static final String FOLDER = "model/";
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;

    private StoredArchive(ZipOutputStream zip) {
        this.zip = zip;
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** Begins a file anew. */
    static StoredArchive create(Path file) throws IOException {
        return new StoredArchive(new ZipOutputStream(Files.newOutputStream(file)));
    }

    /** Stores some bytes. */
    public void store(String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        store(name, bytes.length, checksum.getValue(), new ByteArrayInputStream(bytes));
    }

    /**
     * Stores what is too large to be held.
     *
     * @param checksum CRC-32 of the bytes
     * @throws IOException also when the bytes have another length or checksum
     */
    public void store(String name, long length, long checksum, InputStream bytes) throws IOException {
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setTimeLocal(EPOCH);
        entry.setSize(length);
        entry.setCrc(checksum);
        zip.putNextEntry(entry);
        bytes.transferTo(zip);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
