package org.lesionstream.trainer.weights;

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
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Named arrays of 32-bit floats with a few words about them, in the safetensors format: the length of a JSON header as 8 bytes, the header, the raw numbers,
 * all little endian.
 *
 * <p>Reading is as strict as the format is simple: a header or an extent that does not fit the file is refused. Arrays of other types than F32 are passed
 * over, since weights have none.
 *
 * @param metadata the strings of {@code __metadata__}
 * @param tensors the arrays by name, in file order
 * @see <a href="https://huggingface.co/docs/safetensors">format description</a>
 */
public record SafetensorsFile(Map<String, String> metadata, Map<String, FloatTensor> tensors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final String FLOAT = "F32";
    private static final int HEADER_ALIGNMENT = 8;

    public SafetensorsFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException when the file cannot be read or is not what it should be
     */
    public static SafetensorsFile read(Path file) throws IOException {
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
        for (Map.Entry<String, JsonNode> entry : JSON.readTree(header).properties()) {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .properties()
                        .forEach(word ->
                                metadata.put(word.getKey(), word.getValue().asText()));
            } else if (entry.getValue().path("dtype").asText().equals(FLOAT)) {
                tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
            }
        }
        return new SafetensorsFile(metadata, tensors);
    }

    private static FloatTensor tensor(Path file, String name, JsonNode description, ByteBuffer data)
            throws IOException {
        JsonNode extent = description.path("shape");
        long[] shape = new long[extent.size()];
        long length = Float.BYTES;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = extent.get(i).asLong(-1);
            if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
                throw new IOException(file + ": " + name + " has the shape " + extent);
            }
            length = Math.multiplyExact(length, shape[i]);
        }
        long begin = description.path("data_offsets").path(0).asLong(-1);
        long end = description.path("data_offsets").path(1).asLong(-1);
        if (begin < 0 || end > data.capacity() || end - begin != length) {
            throw new IOException(file + ": " + name + " does not lie where the header says");
        }
        float[] values = new float[(int) (length / Float.BYTES)];
        data.slice((int) begin, (int) length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new FloatTensor(shape, values);
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
