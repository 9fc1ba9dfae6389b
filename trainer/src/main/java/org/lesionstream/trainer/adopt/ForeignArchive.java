package org.lesionstream.trainer.adopt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.lesionstream.trainer.export.StoredArchive;

/**
 * A TorchScript file made elsewhere, as a container: what may be in it, and nothing else, is found by name.
 *
 * <ul>
 *   <li>Refused: what is no zip, has several folders on top, entries twice or with names that climb out, numbers that are compressed, and anything beyond the
 *       limits. PyTorch compresses its sources; they are read up to a limit, so that no small file unfolds without end.
 *   <li>What is copied is copied with its checksum verified. Debug information (paths on the author's machine) and extra files stay behind.
 *   <li>Holds the file open until closed.
 * </ul>
 */
final class ForeignArchive implements AutoCloseable {

    private static final long LARGEST_FILE = 4L << 30;
    private static final int LARGEST_TEXT = 32 << 20;
    private static final int MOST_ENTRIES = 200_000;

    private static final String CODE = "code/";
    private static final String DEBUG = ".debug_pkl";
    private static final String BYTE_ORDER = "byteorder";

    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> entries; // by name below the folder

    private ForeignArchive(ZipFile zip, SortedMap<String, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens a file.
     *
     * @throws AdoptionException when it is no TorchScript file, or one that is built oddly
     */
    static ForeignArchive open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new AdoptionException("there is no file " + file);
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new AdoptionException(
                    file + " has " + Files.size(file) + " bytes, at most " + LARGEST_FILE + " are adopted");
        }
        ZipFile zip = zip(file);
        try {
            ForeignArchive archive = new ForeignArchive(zip, entries(zip));
            archive.check();
            return archive;
        } catch (AdoptionException | IOException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new AdoptionException(file + " is no TorchScript file, which would be a zip: " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, ZipEntry> entries(ZipFile zip) {
        if (zip.size() > MOST_ENTRIES) {
            throw new AdoptionException(
                    "the archive has " + zip.size() + " entries, at most " + MOST_ENTRIES + " are read");
        }
        SortedMap<String, ZipEntry> entries = new TreeMap<>();
        String folder = null;
        long bytes = 0;
        for (ZipEntry entry : list(zip)) {
            String[] steps = steps(entry.getName());
            if (folder != null && !folder.equals(steps[0])) {
                throw new AdoptionException("the archive has several folders on top, " + folder + " and " + steps[0]);
            }
            folder = steps[0];
            if (entries.put(entry.getName().substring(folder.length() + 1), entry) != null) {
                throw new AdoptionException("the archive has two entries " + entry.getName());
            }
            bytes += Math.max(0, entry.getSize());
            if (bytes > LARGEST_FILE) {
                throw new AdoptionException("the archive unfolds to more than " + LARGEST_FILE + " bytes");
            }
        }
        return entries;
    }

    private static List<? extends ZipEntry> list(ZipFile zip) {
        try {
            return Collections.list(zip.entries());
        } catch (IllegalArgumentException e) { // the words of an entry are checked only here
            throw new AdoptionException("the archive is damaged: " + e.getMessage(), e);
        }
    }

    /** A name as its steps from the top; two at least. */
    private static String[] steps(String name) {
        String[] steps = name.split("/", -1);
        boolean odd = name.chars().anyMatch(c -> c < ' ' || c == '\\')
                || Stream.of(steps).anyMatch(step -> step.isEmpty() || step.equals(".") || step.equals(".."));
        if (odd || steps.length < 2) {
            throw new AdoptionException(
                    "the archive has an entry with the odd name \"" + name.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        return steps;
    }

    private void check() throws IOException {
        if (!entries.containsKey("data.pkl") || !entries.containsKey("version")) {
            throw new AdoptionException("the archive has no data.pkl and version, so it is no TorchScript file");
        }
        if (entries.keySet().stream().noneMatch(name -> name.startsWith(CODE))
                || !entries.containsKey("constants.pkl")) {
            throw new AdoptionException("the archive has no code: it is what torch.save writes, weights alone;"
                    + " torch.jit.script(module).save(file) or torch.jit.trace write the network with them");
        }
        for (String name : entries.keySet()) {
            if (isCopied(name) && !name.startsWith(CODE) && entries.get(name).getMethod() != ZipEntry.STORED) {
                throw new AdoptionException("the entry " + name + " is compressed, which TorchScript files never have");
            }
            if (name.startsWith("code/__torch__/lesionstream") || name.startsWith("data/lesionstream")) {
                throw new AdoptionException("the file was adopted before; adopt the one that it was made from");
            }
        }
        if (text(BYTE_ORDER).filter(order -> !order.strip().equals("little")).isPresent()) {
            throw new AdoptionException("the numbers of the file are big endian, which the engine cannot read here");
        }
    }

    private static boolean isCopied(String name) {
        return name.equals("version")
                || name.equals(BYTE_ORDER)
                || name.equals("constants.pkl")
                || name.startsWith("constants/")
                || name.startsWith("data/")
                || (name.startsWith(CODE) && !name.endsWith(DEBUG));
    }

    /** A small entry, its checksum verified; empty if there is none. */
    Optional<byte[]> bytes(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new AdoptionException("the entry " + name + " has more than " + LARGEST_TEXT + " bytes");
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (checksum.getValue() != entry.getCrc()) {
                throw damaged(name, new ZipException("its checksum is another"));
            }
            return Optional.of(bytes);
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    private static AdoptionException damaged(String name, IOException e) {
        return new AdoptionException("the entry " + name + " is damaged: " + e.getMessage(), e);
    }

    /** A small entry as text, empty if there is none. */
    Optional<String> text(String name) throws IOException {
        return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Copies everything that a module needs, except {@code data.pkl}. */
    void copyTo(StoredArchive archive) throws IOException {
        for (String name : entries.keySet()) {
            if (!isCopied(name)) {
                continue;
            }
            if (name.startsWith(CODE)) {
                archive.store(name, bytes(name).orElseThrow());
            } else {
                ZipEntry entry = entries.get(name);
                try (InputStream in = zip.getInputStream(entry)) {
                    archive.store(name, entry.getSize(), entry.getCrc(), in);
                } catch (ZipException | EOFException e) {
                    throw damaged(name, e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
