package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.graph.ReducedPrecision;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.testing.APickle;
import org.lesionstream.trainer.testing.FormulaWeights;
import org.lesionstream.trainer.testing.TestFiles;

class ReferenceWeightsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"legacy.pth", "half.pth"})
    void readsWholeStateDictsOfPyTorch(String file) throws IOException {
        ReferenceWeights weights = ReferenceWeights.read(TestFiles.weights(file));

        assertThat(weights.wrapper()).isEmpty();
        assertThat(weights.tensors()).hasSize(92).containsKey("up4.conv.double_conv.4.running_var");
        weights.tensors().forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isNotEmpty()
                .containsExactly(FormulaWeights.of(name, tensor.values().length)));
        assertThat(weights.tensors().get("inc.double_conv.0.weight").shape()).containsExactly(1, 3, 3, 3);
        assertThat(weights.others()).contains("inc.double_conv.1.num_batches_tracked");
        assertThat(weights.others().contains("mask_values")).isEqualTo(file.equals("half.pth"));
    }

    @Test
    void saysWhichForm() throws IOException {
        assertThat(ReferenceWeights.read(TestFiles.weights("legacy.pth")).format())
                .isEqualTo("PyTorch legacy");
        assertThat(ReferenceWeights.read(TestFiles.weights("half.pth")).format())
                .isEqualTo("PyTorch zip");
    }

    @Test
    void findsTheStateDictAmongWhatATrainingScriptSaved() throws IOException {
        ReferenceWeights weights = ReferenceWeights.read(TestFiles.weights("wrapped.pth"));

        assertThat(weights.wrapper()).contains("state_dict");
        assertThat(weights.tensors()).hasSize(10);
        weights.tensors().forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .containsExactly(FormulaWeights.of(name.substring("module.".length()), tensor.values().length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.zip.pth", "views.legacy.pth", "views.protocol4.pth"})
    void readsViewsOfStoragesInTheOrderOfTheirShape(String file) throws IOException {
        ReferenceWeights weights = ReferenceWeights.read(TestFiles.weights(file));

        Map<String, FloatTensor> tensors = weights.tensors();
        float[] transposed = new float[48];
        float[] columns = new float[12];
        float[] row = new float[12];
        float[] inOrder = new float[48];
        for (int i = 0; i < 48; i++) {
            transposed[i] = (i % 4 * 12 + i / 4) / 4f;
            inOrder[i] = i / 4f;
        }
        for (int i = 0; i < 12; i++) {
            columns[i] = (i / 3 * 12 + 2 + i % 3 * 3) / 4f;
            row[i] = (24 + i) / 4f;
        }
        expect(tensors.get("transposed"), new long[] {12, 4}, transposed);
        expect(tensors.get("columns"), new long[] {4, 3}, columns);
        expect(tensors.get("row"), new long[] {12}, row);
        expect(tensors.get("scalar"), new long[] {}, 2.5f);
        expect(tensors.get("empty"), new long[] {0, 3});
        expect(tensors.get("channels_last"), new long[] {2, 2, 3, 4}, inOrder);
        expect(tensors.get("double"), new long[] {2}, 0.1f, -2);
        expect(tensors.get("half"), new long[] {3}, 0.5f, -65504, 0x1p-24f);
        expect(tensors.get("bfloat16"), new long[] {2}, 1.5f, ReducedPrecision.round(-3e38f, ScalarType.BFLOAT16));
        expect(tensors.get("parameter"), new long[] {2, 2}, 1, 2, 3, 4);
        assertThat(weights.others()).containsExactly("big", "bool", "byte", "long", "none", "note", "size");
    }

    private static void expect(FloatTensor tensor, long[] shape, float... values) {
        assertThat(tensor.shape()).containsExactly(shape);
        assertThat(tensor.values()).containsExactly(values);
    }

    @Test
    void readsADictionaryThatPython2WroteAsPairs() throws IOException {
        byte[] pickle = new APickle()
                .global("collections", "OrderedDict")
                .raw("(](]")
                .word("w")
                .raw('a')
                .tensor("0", 2, 0, new long[] {2}, new long[] {1})
                .raw("aetR")
                .stop();

        ReferenceWeights weights =
                ReferenceWeights.read(APickle.zip(folder.resolve("old.pth"), pickle, Map.of("0", 8)));

        expect(weights.tensors().get("w"), new long[] {2}, 0, 0);
    }

    @Test
    void readsEveryFloatingTypeOfSafetensors() throws IOException {
        String header = "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[10,12]},"
                + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[12,16]},"
                + "\"z\":{\"dtype\":\"F8_E4M3\",\"shape\":[0],\"data_offsets\":[16,16]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        bytes.putDouble(0.1).putShort(ReducedPrecision.toHalf(0.75f)).putShort(ReducedPrecision.toBfloat16(-3));

        ReferenceWeights weights = ReferenceWeights.read(Files.write(folder.resolve("w.safetensors"), bytes.array()));

        expect(weights.tensors().get("d"), new long[] {1}, 0.1f);
        expect(weights.tensors().get("h"), new long[] {1}, 0.75f);
        expect(weights.tensors().get("b"), new long[] {1}, -3);
        assertThat(weights.others()).containsExactly("i", "z");
        assertThat(weights.format()).isEqualTo("safetensors");
    }

    @Test
    void saysWhatAFileIsThatHoldsNoWeights() throws IOException {
        Path absent = folder.resolve("absent.pth");
        Path text = Files.writeString(folder.resolve("text.pth"), "not weights");
        Path empty = Files.write(folder.resolve("empty.pth"), new byte[0]);
        Path plain = APickle.zip(
                folder.resolve("plain.pth"),
                new APickle().raw("}").word("epoch").number(3).raw('s').stop(),
                Map.of());
        Path script = APickle.zip(
                folder.resolve("script.pt"),
                Map.of("net/data.pkl", new APickle().raw("N").stop(), "net/constants.pkl", new byte[3]),
                ZipEntry.STORED);

        assertThatThrownBy(() -> ReferenceWeights.read(absent)).hasMessage("no such file: " + absent);
        assertThatThrownBy(() -> ReferenceWeights.read(text)).hasMessageContaining("neither a safetensors file nor");
        assertThatThrownBy(() -> ReferenceWeights.read(empty)).hasMessageContaining("neither a safetensors file nor");
        assertThatThrownBy(() -> ReferenceWeights.read(plain))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no state dict; its entries are epoch");
        assertThatThrownBy(() -> ReferenceWeights.read(script)).hasMessageContaining("TorchScript archive");
    }
}
