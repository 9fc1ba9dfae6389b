package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip form of a PyTorch file, as written since version 1.6: {@code <folder>/data.pkl} describes the tensors, {@code <folder>/data/<key>} holds the raw elements of a
 * storage.
 *
 * <p>Entries are stored as they are, never compressed, so none can be larger than the file; compressed, doubled and path-like ones are refused. Nothing is unpacked.
 */
final class ZipArchive implements Storages, AutoCloseable {
    private static final String PICKLE = "data.pkl";
    private static final String LITTLE_ENDIAN = "little";

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries; // by name below the folder

    /** Opens a file. */
    ZipArchive(Path file) throws IOException {
        this.zip = new ZipFile(file.toFile());
        try {
            this.entries = entries(list(zip), Files.size(file));
            requireStateDict();
        } catch (IOException | RuntimeException unusable) {
            zip.close();
            throw unusable;
        }
    }

    private static List<? extends ZipEntry> list(ZipFile zip) throws IOException {
        try {
            return zip.stream().toList();
        } catch (IllegalArgumentException malformed) { // the words of an entry are checked only here
            throw new IOException("is a damaged zip file: " + malformed.getMessage(), malformed);
        }
    }

    private static Map<String, ZipEntry> entries(List<? extends ZipEntry> found, long fileLength) throws IOException {
        Map<String, ZipEntry> entries = new HashMap<>();
        for (ZipEntry entry : found) {
            String path = entry.getName();
            String shown = Printable.of(path);
            int folder = path.indexOf('/');
            if (folder <= 0
                    || path.contains("\\")
                    || List.of(path.split("/", -1)).contains("..")) {
                throw new IOException("refused: entry " + shown + ", which has no place in such a file");
            }
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw new IOException("refused: entry " + shown + " is compressed");
            }
            if (entry.getSize() < 0 || entry.getSize() > fileLength) {
                throw new IOException("refused: entry " + shown + " is larger than the file");
            }
            if (entries.put(path.substring(folder + 1), entry) != null) {
                throw new IOException("refused: entry " + shown + " exists twice");
            }
        }
        return entries;
    }

    private void requireStateDict() throws IOException {
        if (entries.containsKey("constants.pkl")) {
            throw new IOException("is a TorchScript archive, which holds code; give the file of its state dict");
        }
        if (!entries.containsKey(PICKLE)) {
            throw new IOException("is a zip file without " + PICKLE);
        }
        ZipEntry order = entries.get("byteorder");
        if (order != null && !text(order).equals(LITTLE_ENDIAN)) {
            throw new IOException("was written by a machine that is not little endian");
        }
    }

    /** The pickle that describes the tensors. */
    ByteBuffer pickle() throws IOException {
        ZipEntry entry = entries.get(PICKLE);
        if (entry.getSize() > PyTorchFile.LARGEST_PICKLE) {
            throw new IOException(
                    PICKLE + " has " + entry.getSize() + " bytes, more than " + PyTorchFile.LARGEST_PICKLE);
        }
        return read(entry, 0, (int) entry.getSize());
    }

    @Override
    public ByteBuffer read(StorageReference storage, long from, int length) throws IOException {
        ZipEntry entry = entries.get("data/" + storage.key());
        String shown = Printable.of(storage.key());
        if (entry == null) {
            throw new IOException("storage " + shown + " is missing");
        }
        if (entry.getSize() < storage.lengthInBytes()) {
            throw new IOException(
                    "storage %s must have %d bytes, has %d".formatted(shown, storage.lengthInBytes(), entry.getSize()));
        }
        return read(entry, from, length);
    }

    private String text(ZipEntry entry) throws IOException {
        ByteBuffer bytes = read(entry, 0, (int) Math.min(entry.getSize(), LITTLE_ENDIAN.length() + 1));
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private ByteBuffer read(ZipEntry entry, long from, int length) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            in.skipNBytes(from);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("entry " + Printable.of(entry.getName()) + " ends early");
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
