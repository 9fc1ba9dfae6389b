package org.lesionstream.trainer.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Named arrays of 32-bit floats with a few words about them, in the safetensors format: the length of a JSON header as 8 bytes, the header, the raw numbers,
 * all little endian.
 *
 * <p>Reading is as strict as the format is simple: a header or an extent that does not fit the file is refused. Arrays of F64, F16 and BF16 become 32-bit
 * floats; those of other types are passed over, since weights have none, unless they are asked for. Writing knows F32 alone.
 *
 * @param metadata the strings of {@code __metadata__}
 * @param tensors the arrays by name, in file order
 * @param others names of the arrays that were passed over
 * @see <a href="https://huggingface.co/docs/safetensors">format description</a>
 */
public record SafetensorsFile(
        Map<String, String> metadata, Map<String, FloatTensor> tensors, SortedSet<String> others) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final String FLOAT = "F32";
    private static final int HEADER_ALIGNMENT = 8;

    public SafetensorsFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
    }

    /** Floats alone, as a file to be written. */
    public SafetensorsFile(Map<String, String> metadata, Map<String, FloatTensor> tensors) {
        this(metadata, tensors, new TreeSet<>());
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException when the file cannot be read or is not what it should be
     */
    public static SafetensorsFile read(Path file) throws IOException {
        return read(file, StoredType::isFloating);
    }

    /**
     * Reads a whole file with its whole numbers and truth values too, as floats: masks and labels, which are data and no weights.
     *
     * @throws IOException when the file cannot be read or is not what it should be
     */
    public static SafetensorsFile readWithWholeNumbers(Path file) throws IOException {
        return read(file, type -> true);
    }

    private static SafetensorsFile read(Path file, Predicate<StoredType> wanted) throws IOException {
        if (Files.size(file) > Integer.MAX_VALUE) {
            throw new IOException(file + " is larger than 2 GiB");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < Long.BYTES) {
            throw new IOException(file + " is too short for a safetensors file");
        }
        long headerLength = bytes.getLong();
        if (headerLength < 2 || headerLength > bytes.remaining()) {
            throw new IOException(file + " has a header of " + headerLength + " bytes, the file does not");
        }
        byte[] header = new byte[(int) headerLength];
        bytes.get(header);
        ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        SortedSet<String> others = new TreeSet<>();
        long described = 0;
        for (Map.Entry<String, JsonNode> entry : header(file, header).properties()) {
            Optional<StoredType> type =
                    StoredType.ofSafetensors(entry.getValue().path("dtype").asText());
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .properties()
                        .forEach(word ->
                                metadata.put(word.getKey(), word.getValue().asText()));
            } else if (type.isPresent() && wanted.test(type.get())) {
                FloatTensor tensor = tensor(file, entry.getKey(), entry.getValue(), type.get(), data);
                tensors.put(entry.getKey(), tensor);
                described += (long) tensor.values().length * type.get().bytes();
                if (described > data.capacity()) {
                    throw new IOException(file + ": " + Printable.of(entry.getKey()) + " overlaps others");
                }
            } else {
                others.add(entry.getKey());
            }
        }
        return new SafetensorsFile(metadata, tensors, others);
    }

    private static JsonNode header(Path file, byte[] json) throws IOException {
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8)); // from bytes, the encoding would be guessed
        } catch (JsonProcessingException damaged) {
            throw new IOException(
                    file + " has a damaged header: " + Printable.of(damaged.getOriginalMessage()), damaged);
        }
    }

    private static FloatTensor tensor(Path file, String given, JsonNode description, StoredType type, ByteBuffer data)
            throws IOException {
        String name = Printable.of(given);
        JsonNode extent = description.path("shape");
        long[] shape = new long[extent.size()];
        long length = type.bytes();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = extent.get(i).asLong(-1);
            if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE || length * shape[i] > Integer.MAX_VALUE) {
                throw new IOException(file + ": " + name + " has the shape " + Printable.of(extent.toString()));
            }
            length *= shape[i];
        }
        long begin = description.path("data_offsets").path(0).asLong(-1);
        long end = description.path("data_offsets").path(1).asLong(-1);
        if (begin < 0 || begin > end || end > data.capacity() || end - begin != length) {
            throw new IOException(file + ": " + name + " does not lie where the header says");
        }
        ByteBuffer elements = data.slice((int) begin, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) length / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.element(elements, i);
        }
        return new FloatTensor(shape, values);
    }

    /**
     * An array that must be there.
     *
     * @throws IOException naming it when it is not
     */
    public FloatTensor tensor(String name) throws IOException {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IOException("the file lacks \"" + name + "\"");
        }
        return tensor;
    }

    /** Writes the file anew; equal contents give equal bytes. */
    public void write(Path file) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode words = header.putObject(METADATA);
            metadata.forEach(words::put);
        }
        long offset = 0;
        for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
            long length = (long) Float.BYTES * entry.getValue().values().length;
            ObjectNode description = header.putObject(entry.getKey()).put("dtype", FLOAT);
            for (long extent : entry.getValue().shape()) {
                description.withArray("shape").add(extent);
            }
            description.withArray("data_offsets").add(offset).add(offset + length);
            offset += length;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + HEADER_ALIGNMENT - 1) / HEADER_ALIGNMENT * HEADER_ALIGNMENT;
        String blanks = " "
                .repeat(padded
                        - json.length); // the format lets the header end in blanks, so that the numbers are aligned
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(padded)
                    .array());
            out.write(json);
            out.write(blanks.getBytes(StandardCharsets.US_ASCII));
            for (FloatTensor tensor : tensors.values()) {
                out.write(tensor.littleEndian());
            }
        }
    }
}
