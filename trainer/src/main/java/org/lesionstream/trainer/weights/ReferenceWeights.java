package org.lesionstream.trainer.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Weights as strangers publish them: arrays of floats under whatever names their file has.
 *
 * <p>The file is told by its first bytes, not by its name. It may be hostile: reading it executes nothing, allocates no more than a small multiple of its size, and ends with the
 * weights or an {@link IOException} of one line.
 *
 * @param format of the file, for people
 * @param wrapper the entry that the weights were taken from; empty where they are the whole content
 * @param tensors all arrays of floats, as 32-bit floats, in file order
 * @param others names of everything else beside them: whole numbers, words, lists
 */
public record ReferenceWeights(
        String format, Optional<String> wrapper, Map<String, FloatTensor> tensors, SortedSet<String> others) {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte PICKLE = (byte) 0x80;

    public ReferenceWeights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
    }

    /**
     * Reads a file in the safetensors format or one of those of PyTorch.
     *
     * @throws IOException when it cannot be read, is of another format, or is not what it should be
     */
    public static ReferenceWeights read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no such file: " + file);
        }
        byte[] start = start(file);
        if (start[Long.BYTES] == '{') { // after the length of the header
            SafetensorsFile content = SafetensorsFile.read(file);
            return new ReferenceWeights("safetensors", Optional.empty(), content.tensors(), content.others());
        }
        boolean zip = Arrays.equals(start, 0, ZIP.length, ZIP, 0, ZIP.length);
        if (zip || start[0] == PICKLE) {
            try {
                return zip ? PyTorchFile.readZip(file) : PyTorchFile.readLegacy(file);
            } catch (EOFException early) {
                throw new IOException(file + ": ends early", early);
            } catch (IOException unusable) {
                throw new IOException(file + ": " + unusable.getMessage(), unusable);
            }
        }
        throw new IOException(file + " is neither a safetensors file nor one of PyTorch");
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.copyOf(in.readNBytes(Long.BYTES + 1), Long.BYTES + 1);
        }
    }
}
