package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.testing.APickle;
import org.lesionstream.trainer.testing.TestFiles;

/** Files made to run code, to fill the memory or never to end: each is refused in one line. */
class HostileFileTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MUCH = 1_100_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system",
                "posix.system",
                "nt.system",
                "builtins.eval",
                "builtins.exec",
                "builtins.getattr",
                "__builtin__.eval",
                "subprocess.Popen",
                "torch.load",
                "torch.nn.Linear",
                "torch._utils._rebuild_tensor_v3",
                "collections.OrderedDict.fromkeys",
                "functools.partial"
            })
    void namesWhatItRefuses(String name) {
        int dot = name.lastIndexOf('.');
        String module = name.substring(0, dot);
        String function = name.substring(dot + 1);
        byte[] global = new APickle()
                .global(module, function)
                .raw('(')
                .word("touch /tmp/ran")
                .raw("tR")
                .stop();
        byte[] stackGlobal = new APickle()
                .raw(0x80, 4, 0x95)
                .longInteger(0)
                .word(module)
                .word(function)
                .raw(0x93, ')', 0x81)
                .stop();

        for (byte[] pickle : List.of(global, stackGlobal)) {
            assertThatThrownBy(() -> unpickle(pickle))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("refused: " + name + ";");
            assertThatThrownBy(() -> ReferenceWeights.read(zipped(pickle)))
                    .hasMessageContaining("evil.pth: refused: " + name + ";");
        }
    }

    @Test
    void refusesCodeInTheLegacyFormToo() throws IOException {
        byte[] file = TestFiles.bytes("views.legacy.pth");
        String text = new String(file, StandardCharsets.ISO_8859_1);
        String evil = text.replaceFirst("ccollections\nOrderedDict\n", "cos\nsystem\n");

        Path written = Files.writeString(folder.resolve("evil.pth"), evil, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ReferenceWeights.read(written)).hasMessageContaining("evil.pth: refused: os.system;");
    }

    @Test
    void showsNoControlCharactersOfANameItRefuses() {
        assertThatThrownBy(() -> unpickle(
                        new APickle().global("os\u001b[2J\r", "x".repeat(900)).stop()))
                .hasMessageStartingWith("refused: os?[2J?.xxx")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(400));
    }

    static Stream<Arguments> pickles() {
        return Stream.of(
                Arguments.of(
                        "more steps", new APickle().raw(')').repeat(MUCH, 0x85).stop(), "more than 1000000 steps"),
                Arguments.of(
                        "endless memo",
                        new APickle().raw(')').repeat(MUCH, 0x94).stop(),
                        "1000000 steps"),
                Arguments.of(
                        "huge number",
                        new APickle().raw(0x8b).integer(0x7fffffff).stop(),
                        "2147483647 bytes"),
                Arguments.of("huge word", new APickle().raw('X').integer(-1).stop(), "wants 4294967295 more bytes"),
                Arguments.of(
                        "huger word",
                        new APickle().raw(0x8d).longInteger(Long.MAX_VALUE).stop(),
                        "wants 922"),
                Arguments.of(
                        "word of negative length",
                        new APickle().raw(0x8d).longInteger(-5).stop(),
                        "wants -5"),
                Arguments.of(
                        "huge bytes",
                        new APickle().raw(0x8e).longInteger(1L << 50).stop(),
                        "wants 1125899"),
                Arguments.of(
                        "endless name",
                        new APickle().raw("c" + "x".repeat(5000)).stop(),
                        "longer than 1000"),
                Arguments.of("no end", new byte[] {(byte) 0x80, 2, 'N'}, "wants 1 more bytes, there are 0"),
                Arguments.of("nothing to stop with", new APickle().stop(), "more values than it has made"),
                Arguments.of("pop below a mark", new APickle().raw("N(0").stop(), "more values than it has made"),
                Arguments.of("no mark", new APickle().raw("Nt").stop(), "lacks a mark"),
                Arguments.of(
                        "nothing remembered", new APickle().raw('j').integer(-1).stop(), "remembers nothing"),
                Arguments.of("odd items", new APickle().raw("}(Nu").stop(), "a key without a value"),
                Arguments.of("key that is a list", new APickle().raw("}]Ns").stop(), "neither a word nor a number"),
                Arguments.of(
                        "append to a word", new APickle().word("w").raw("Na").stop(), "what is appended to"),
                Arguments.of("call of a word", new APickle().word("w").raw(")R").stop(), "what is called must be"),
                Arguments.of(
                        "new storage",
                        new APickle().global("torch", "FloatStorage").raw(")R").stop(),
                        "called"),
                Arguments.of("state of a list", new APickle().raw("]Nb").stop(), "what is given attributes"),
                Arguments.of("instance", new APickle().raw("(ios\nsystem\n").stop(), "unknown instruction 0x69"),
                Arguments.of("object", new APickle().raw("(o").stop(), "unknown instruction 0x6f"),
                Arguments.of("extension", new APickle().raw(0x82, 1).stop(), "unknown instruction 0x82"),
                Arguments.of("out-of-band buffer", new APickle().raw(0x97).stop(), "unknown instruction 0x97"),
                Arguments.of("protocol to come", new APickle().raw(0x80, 9).stop(), "protocol 9 is newer"),
                Arguments.of(
                        "identifier",
                        new APickle().raw("(").word("module").raw("tQ").stop(),
                        "is no storage"),
                Arguments.of("negative storage", new APickle().storage("0", -1).stop(), "has -1 elements"),
                Arguments.of(
                        "endless storage",
                        new APickle().storage("0", Long.MAX_VALUE).stop(),
                        "has 922337"),
                Arguments.of(
                        "two lengths",
                        new APickle().storage("0", 1).storage("0", 2).stop(),
                        "described twice"),
                Arguments.of("beyond", tensor(8, 1, new long[] {8}, new long[] {1}), "does not lie within the 8"),
                Arguments.of("far stride", tensor(8, 0, new long[] {2, 2}, new long[] {9, 1}), "does not lie within"),
                Arguments.of("negative stride", tensor(8, 7, new long[] {8}, new long[] {-1}), "does not lie within"),
                Arguments.of("negative extent", tensor(8, 0, new long[] {-8}, new long[] {1}), "does not lie within"),
                Arguments.of("negative offset", tensor(8, -1, new long[] {1}, new long[] {1}), "does not lie within"),
                Arguments.of("one number as many", tensor(8, 0, new long[] {1L << 40}, new long[] {0}), "lie within"),
                Arguments.of(
                        "extents that overflow",
                        tensor(8, 0, new long[] {1L << 32, 1L << 32}, new long[] {0, 0}),
                        "does not lie within"),
                Arguments.of(
                        "overflow before nothing",
                        tensor(8, 0, new long[] {1L << 62, 4, 0}, new long[] {0, 0, 0}),
                        "does not lie within"),
                Arguments.of(
                        "strides that overflow",
                        tensor(8, 0, new long[] {3, 3}, new long[] {Long.MAX_VALUE, Long.MAX_VALUE}),
                        "does not lie within"),
                Arguments.of("more strides", tensor(8, 0, new long[] {1}, new long[] {1, 1}), "1 extents and 2"),
                Arguments.of("many extents", tensor(8, 0, new long[99], new long[99]), "at most 16, were 99"),
                Arguments.of("pairs given many times", pairsGivenOften(), "more than 1000000 pairs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pickles")
    void refuses(String what, byte[] pickle, String reason) {
        assertTimeoutPreemptively(SOON, () -> assertThatThrownBy(() -> unpickle(pickle))
                .as(what)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n")));
    }

    private static byte[] tensor(long count, long offset, long[] shape, long[] strides) {
        return new APickle().tensor("0", count, offset, shape, strides).stop();
    }

    private static byte[] pairsGivenOften() {
        APickle pickle = new APickle().raw("]("); // a list of 2000 pairs, remembered, then 1000 dictionaries of it
        for (int i = 0; i < 2000; i++) {
            pickle.raw('K', i % 256, 'N', 0x86);
        }
        pickle.raw('e').raw(0x85, 'q', 0);
        for (int i = 0; i < 1000; i++) {
            pickle.global("collections", "OrderedDict").raw('h', 0, 'R');
        }
        return pickle.stop();
    }

    @Test
    void depthAndSharingCostNothing() {
        byte[] deep = new APickle().raw(')').repeat(900_000, 0x85).stop();
        byte[] laughs = new APickle().raw(')').repeat(900_000 / 2, '2', 0x86).stop(); // 2^450000 empty tuples

        assertTimeoutPreemptively(SOON, () -> {
            assertThat(unpickle(deep)).isInstanceOf(List.class);
            assertThat(unpickle(laughs)).isInstanceOf(List.class);
            assertThatThrownBy(() -> ReferenceWeights.read(zipped(laughs))).hasMessageContaining("must be a Map");
        });
    }

    @Test
    void refusesStoragesThatAreNotInTheFile() throws IOException {
        byte[] pickle = new APickle()
                .raw('}')
                .word("w")
                .tensor("0", 100, 0, new long[] {100}, new long[] {1})
                .raw('s')
                .stop();

        assertThatThrownBy(() -> ReferenceWeights.read(APickle.zip(folder.resolve("a.pth"), pickle, Map.of("0", 399))))
                .hasMessageContaining("storage 0 must have 400 bytes, has 399");
        assertThatThrownBy(() -> ReferenceWeights.read(APickle.zip(folder.resolve("b.pth"), pickle, Map.of("1", 400))))
                .hasMessageContaining("storage 0 is missing");
    }

    @Test
    void refusesAStorageThatIsSharedWithoutEnd() throws IOException {
        APickle pickle = new APickle().raw('}');
        for (int i = 0; i < 200; i++) {
            pickle.word("w" + i)
                    .tensor("0", 10_000, 0, new long[] {2}, new long[] {9_999})
                    .raw('s');
        }

        Path file = APickle.zip(folder.resolve("shared.pth"), pickle.stop(), Map.of("0", 40_000));

        assertThatThrownBy(() -> ReferenceWeights.read(file)).hasMessageContaining("share storages more than 4 times");
    }

    @Test
    void refusesALegacyStorageThatIsLongerThanTheFile() throws IOException {
        byte[] whole = TestFiles.bytes("legacy.pth");
        Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> ReferenceWeights.read(cut)).hasMessageContaining("is longer than the file");
    }

    @Test
    void refusesEntriesThatNoSuchFileHas() throws IOException {
        byte[] pickle = new APickle().raw('}').stop();

        for (String name : List.of("../data.pkl", "a/../data.pkl", "/data.pkl", "a\\data.pkl", "data.pkl")) {
            Path file = APickle.zip(folder.resolve("path.pth"), Map.of(name, pickle), ZipEntry.STORED);
            assertThatThrownBy(() -> ReferenceWeights.read(file)).hasMessageContaining("refused: entry " + name);
        }
        Path bomb =
                APickle.zip(folder.resolve("bomb.pth"), Map.of("a/data.pkl", new byte[50_000_000]), ZipEntry.DEFLATED);
        assertThatThrownBy(() -> ReferenceWeights.read(bomb)).hasMessageContaining("a/data.pkl is compressed");
    }

    @Test
    void refusesAnEntryThatExistsTwice() throws IOException {
        Path file =
                APickle.zip(folder.resolve("twice.pth"), new APickle().raw('}').stop(), Map.of("0", 4, "1", 4));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("data/1", "data/0"), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ReferenceWeights.read(file)).hasMessageContaining("archive/data/0 exists twice");
    }

    @Test
    void refusesAnEntryWhoseWordsAreNoText() throws IOException {
        Path file = folder.resolve("words.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("a/data.pkl");
            entry.setComment("caf\u00e9");
            zip.putNextEntry(entry);
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("caf\u00c3\u00a9", "caf\u00c3("), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ReferenceWeights.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("words.pth: is a damaged zip file");
    }

    @Test
    void refusesSafetensorsWhoseArraysOverlap() throws IOException {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        Path overlap = safetensors(header, 8);
        Path overflow = safetensors(header.replace("[2]", "[2147483647,2147483647,2147483647]"), 16);
        Path damaged = safetensors("{\"a\n\":", 0);

        assertThatThrownBy(() -> ReferenceWeights.read(overlap)).hasMessageContaining("b overlaps others");
        assertThatThrownBy(() -> ReferenceWeights.read(overflow))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a has the shape");
        assertThatThrownBy(() -> ReferenceWeights.read(damaged)).hasMessageContaining("has a damaged header");
    }

    private Path safetensors(String header, int dataBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        return Files.write(Files.createTempFile(folder, "w", ".safetensors"), bytes.array());
    }

    private Path zipped(byte[] pickle) throws IOException {
        return APickle.zip(folder.resolve("evil.pth"), pickle, Map.of());
    }

    private static Object unpickle(byte[] pickle) throws IOException {
        return Unpickler.read(ByteBuffer.wrap(pickle), new TorchObjects());
    }
}
