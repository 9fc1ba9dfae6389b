package org.lesionstream.trainer.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.testing.ForeignFiles;

class ForeignArchiveTest {

    private static final byte[] SOME = {1, 2, 3};

    @TempDir
    private Path folder;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void aWholeArchive() {
        entries.put("net/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        entries.put("net/data.pkl", SOME);
        entries.put("net/constants.pkl", SOME);
        entries.put("net/code/__torch__.py", SOME);
        entries.put("net/data/0", SOME);
    }

    @Test
    void readsWhatPyTorchWrites() throws IOException {
        try (ForeignArchive archive = ForeignArchive.open(ForeignFiles.path("scripted.ts"))) {
            assertThat(archive.text("version")).contains("3\n");
            assertThat(archive.text("code/__torch__.py").orElseThrow())
                    .as("sources are compressed")
                    .startsWith("class Scripted(Module):");
            assertThat(archive.bytes("data/absent")).isEmpty();
        }
    }

    @Test
    void readsTheArchiveThatTheOthersAreChangedFrom() throws IOException {
        ForeignArchive.open(written()).close();
    }

    @Test
    void refusesAnArchiveThatLacksSomething() throws IOException {
        entries.remove("net/code/__torch__.py");
        assertRefused(written(), "has no code");
        entries.remove("net/data.pkl");
        assertRefused(written(), "no data.pkl and version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/../../etc/passwd",
                "net/data/./1",
                "/net/data/1",
                "net//data",
                "net\\data\\1",
                "flat",
                "net/code/"
            })
    void refusesNamesThatLeadElsewhere(String name) throws IOException {
        entries.put(name, SOME);
        assertRefused(written(), "odd name");
    }

    @Test
    void refusesSeveralFoldersOnTop() throws IOException {
        entries.put("other/data/0", SOME);
        assertRefused(written(), "several folders on top, net and other");
    }

    @Test
    void refusesAnEntryThatIsThereTwice() throws IOException {
        entries.put("net/data/1", SOME);
        Path file = written();
        byte[] bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replace("net/data/1", "net/data/0")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);

        assertRefused(file, "two entries net/data/0");
    }

    @Test
    void refusesNumbersThatAreCompressed() throws IOException {
        assertRefused(written("net/data/0"), "data/0 is compressed");
    }

    @Test
    void refusesASourceThatUnfoldsWithoutEnd() throws IOException {
        entries.put("net/code/__torch__.py", new byte[40 << 20]);
        Path file = written("net/code/__torch__.py");
        assertThat(Files.size(file)).as("a small file").isLessThan(100_000);

        try (ForeignArchive archive = ForeignArchive.open(file)) {
            assertThatThrownBy(() -> archive.text("code/__torch__.py"))
                    .isInstanceOf(AdoptionException.class)
                    .hasMessageContaining("has more than");
        }
    }

    @Test
    void refusesASourceWithAnotherChecksum() throws IOException {
        entries.put("net/code/__torch__.py", "class Net".getBytes(StandardCharsets.US_ASCII));
        Path file = written();
        byte[] bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replace("class Net", "class Not")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);

        try (ForeignArchive archive = ForeignArchive.open(file)) {
            assertThatThrownBy(() -> archive.text("code/__torch__.py"))
                    .isInstanceOf(AdoptionException.class)
                    .hasMessageContaining("code/__torch__.py is damaged");
        }
    }

    @Test
    void refusesASourceThatEndsEarly() throws IOException {
        Path file = written("net/code/__torch__.py");
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int compressedSize = bytes.lastIndexOf("net/code/__torch__.py") - 46 + 20; // in the directory at the end
        byte[] cut = bytes.getBytes(StandardCharsets.ISO_8859_1);
        cut[compressedSize] = 1;
        Files.write(file, cut);

        try (ForeignArchive archive = ForeignArchive.open(file)) {
            assertThatThrownBy(() -> archive.text("code/__torch__.py"))
                    .isInstanceOf(AdoptionException.class)
                    .hasMessageContaining("code/__torch__.py is damaged");
        }
    }

    @Test
    void refusesAnEntryWhoseWordsAreNoText() throws IOException {
        Path file = folder.resolve("words.ts");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("net/data.pkl");
            entry.setComment("caf\u00e9");
            zip.putNextEntry(entry);
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("caf\u00c3\u00a9", "caf\u00c3("), StandardCharsets.ISO_8859_1);

        assertRefused(file, "the archive is damaged");
    }

    @Test
    void refusesAnAnswerThatIsNoType() throws IOException {
        entries.put("net/data.pkl", ForeignPickleTest.MODULE);
        entries.put(
                "net/code/__torch__/a.py",
                "class Net(Module):\n  def forward(self) -> Ten\nsor:\n".getBytes(StandardCharsets.US_ASCII));

        try (ForeignArchive archive = ForeignArchive.open(written())) {
            assertThatThrownBy(() -> ForeignModule.in(archive, Optional.empty()))
                    .isInstanceOf(AdoptionException.class)
                    .hasMessage("__torch__.a.Net is no module with a method forward");
        }
    }

    @Test
    void refusesBigEndianNumbers() throws IOException {
        entries.put("net/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        assertRefused(written(), "big endian");
    }

    @Test
    void refusesWhatWasAdoptedBefore() throws IOException {
        entries.put("net/code/__torch__/lesionstream.py", SOME);
        assertRefused(written(), "was adopted before");
    }

    @Test
    void refusesAFileThatIsNotThereOrNoZip() throws IOException {
        assertRefused(folder.resolve("absent.ts"), "there is no file");
        assertRefused(Files.write(folder.resolve("three-bytes"), SOME), "is no TorchScript file");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> ForeignArchive.open(file).close())
                .isInstanceOf(AdoptionException.class)
                .hasMessageContaining(reason);
    }

    private Path written(String... compressed) throws IOException {
        Path file = folder.resolve("net.ts");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (!List.of(compressed).contains(each.getKey())) {
                    CRC32 checksum = new CRC32();
                    checksum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
