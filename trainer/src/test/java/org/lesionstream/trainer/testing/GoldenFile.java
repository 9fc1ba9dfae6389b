package org.lesionstream.trainer.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A reference file in the safetensors format, read independently of the product's reader: a length, a JSON header, raw little-endian numbers.
 */
public final class GoldenFile {

    private final JsonNode header;
    private final ByteBuffer data;

    private GoldenFile(JsonNode header, ByteBuffer data) {
        this.header = header;
        this.data = data;
    }

    /** Opens {@code golden/name.safetensors} of the shared folder, or skips the calling test. */
    public static GoldenFile require(String name) {
        Path file = SharedFolder.require("golden/" + name + ".safetensors");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[(int) bytes.getLong()];
            bytes.get(json);
            JsonNode header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
            return new GoldenFile(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers of an F32, I64 or U8 entry as floats. */
    public float[] floats(String key) {
        JsonNode entry = entry(key);
        ByteBuffer part = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        part.position(entry.path("data_offsets").path(0).asInt());
        part.limit(entry.path("data_offsets").path(1).asInt());
        String type = entry.path("dtype").asText();
        List<Float> values = new ArrayList<>();
        while (part.hasRemaining()) {
            values.add(
                    switch (type) {
                        case "F32" -> part.getFloat();
                        case "I64" -> (float) part.getLong();
                        case "U8" -> (float) (part.get() & 0xff);
                        default -> throw new IllegalArgumentException(key + " has the type " + type);
                    });
        }
        float[] result = new float[values.size()];
        for (int index = 0; index < result.length; index++) {
            result[index] = values.get(index);
        }
        return result;
    }

    /** The extents of an entry. */
    public Shape shape(String key) {
        List<Long> extents = new ArrayList<>();
        entry(key).path("shape").forEach(extent -> extents.add(extent.asLong()));
        return new Shape(extents);
    }

    /** An entry as an array of floats. */
    public NDArray array(NDManager manager, String key) {
        return manager.create(floats(key), shape(key));
    }

    private JsonNode entry(String key) {
        JsonNode entry = header.path(key);
        if (entry.isMissingNode()) {
            throw new IllegalArgumentException("no entry " + key);
        }
        return entry;
    }
}
