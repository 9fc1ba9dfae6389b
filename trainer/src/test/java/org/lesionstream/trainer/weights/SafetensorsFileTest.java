package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.graph.FloatTensor;

class SafetensorsFileTest {

    @TempDir
    private Path folder;

    @Test
    void comesBackAsItWasWritten() throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "a.weight", new FloatTensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, Float.MIN_VALUE, 0, 1e30f}));
        tensors.put("a.bias", new FloatTensor(new long[] {}, new float[] {7}));
        Path file = folder.resolve("weights.safetensors");

        new SafetensorsFile(Map.of("network", "unet-same"), tensors).write(file);
        SafetensorsFile read = SafetensorsFile.read(file);

        assertThat(read.metadata()).containsExactly(Map.entry("network", "unet-same"));
        assertThat(read.tensors().keySet()).containsExactly("a.weight", "a.bias");
        assertThat(read.tensors().get("a.weight").shape()).containsExactly(2, 3);
        assertThat(read.tensors().get("a.weight").values()).containsExactly(1, -2, 3.5f, Float.MIN_VALUE, 0, 1e30f);
        assertThat(read.tensors().get("a.bias").values()).containsExactly(7);
    }

    @Test
    void refusesAHeaderThatDoesNotFitTheFile() {
        assertThatThrownBy(() -> SafetensorsFile.read(file(1L << 40, "{}", 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SafetensorsFile.read(file(-1, "{}", 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SafetensorsFile.read(Files.write(folder.resolve("short"), new byte[3])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesATensorThatLiesElsewhereThanItsShapeSays() {
        assertThatThrownBy(() -> SafetensorsFile.read(described("[2]", "[0,4]")))
                .hasMessageContaining("w does not lie");
        assertThatThrownBy(() -> SafetensorsFile.read(described("[2]", "[4,12]")))
                .hasMessageContaining("w does not lie");
        assertThatThrownBy(() -> SafetensorsFile.read(described("[-2]", "[0,8]")))
                .hasMessageContaining("the shape [-2]");
        assertThatThrownBy(() -> SafetensorsFile.read(described("[2]", "[-8,0]")))
                .hasMessageContaining("w does not lie");
    }

    @Test
    void refusesOffsetsWhoseDifferenceOverflows() throws IOException {
        String json =
                "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[9223372036854775807,-9223372036854775808]}}";
        Path file = file(json.length(), json, 8);

        assertThatThrownBy(() -> SafetensorsFile.readWithWholeNumbers(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("w does not lie");
    }

    @Test
    void readsWholeNumbersWhereTheyAreAskedFor() throws IOException {
        String json = "{\"label\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"mask\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]},"
                + "\"signed\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[10,12]}}";
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header).putLong(-7).put(new byte[] {1, (byte) 255, 1, (byte) 255});
        Path file = Files.write(folder.resolve("masks"), bytes.array());

        SafetensorsFile read = SafetensorsFile.readWithWholeNumbers(file);
        assertThat(read.tensors().get("label").values()).containsExactly(-7);
        assertThat(read.tensors().get("mask").values()).containsExactly(1, 255);
        assertThat(read.tensors().get("signed").values()).containsExactly(1, -1);
        assertThat(SafetensorsFile.read(file).others()).containsExactly("label", "mask", "signed");
    }

    private Path described(String shape, String offsets) throws IOException {
        String json = "{\"w\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
        return file(json.length(), json, 8);
    }

    private Path file(long headerLength, String json, int dataBytes) throws IOException {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(headerLength).put(header);
        return Files.write(folder.resolve("file"), bytes.array());
    }

    @Test
    void aHeaderThatLooksLikeAnotherEncodingIsDamaged() throws IOException {
        byte[] header = {0, 0, 0, '{', 'a', 's', 'a', 0};
        Path file = folder.resolve("utf32.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());

        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("utf32.safetensors has a damaged header");
    }
}
