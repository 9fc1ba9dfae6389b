package org.lesionstream.trainer.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;

class PhantomFolderTest {

    @TempDir
    private Path folder;

    @Test
    void writesEqualFilesFromEqualSettings() throws IOException {
        PhantomSettings settings = new PhantomSettings(30, 42, 48, 1, 0.2);
        new PhantomFolder(folder.resolve("one")).write(settings, written -> {});
        new PhantomFolder(folder.resolve("other")).write(settings, written -> {});
        Map<String, Digest> files = digests(folder.resolve("one"));
        assertThat(files).hasSize(61).containsKey("index.csv").isEqualTo(digests(folder.resolve("other")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void writesWhatTheGeneratorPainted(int channels) throws IOException {
        PhantomSettings settings = new PhantomSettings(12, 5, 40, channels, 0.3);
        List<Integer> progress = new ArrayList<>();
        new PhantomFolder(folder).write(settings, progress::add);
        assertThat(progress).hasSize(12).last().isEqualTo(12);
        PhantomGenerator generator = new PhantomGenerator(settings);
        List<Phantom> painted = generator.cases().stream()
                .flatMap(drawn -> generator.paint(drawn).stream())
                .toList();
        List<String> lines = Files.readAllLines(folder.resolve("index.csv"));
        assertThat(lines).hasSize(13);
        for (int i = 0; i < painted.size(); i++) {
            String[] fields = lines.get(i + 1).split(",", -1);
            PixelGrid picture =
                    PlainDecoder.decode(Files.readAllBytes(folder.resolve(fields[0])), DecodeLimits.DEFAULT);
            assertThat(picture).isEqualTo(painted.get(i).picture());
            byte[] mask = MaskPng.decode(Files.readAllBytes(folder.resolve(fields[1])))
                    .labels();
            byte[] truth = painted.get(i).mask().labels();
            for (int pixel = 0; pixel < truth.length; pixel++) {
                assertThat(mask[pixel] & 0xff).isEqualTo(255 * truth[pixel]);
            }
            assertThat(fields[0]).startsWith("images/" + fields[2] + "/" + fields[3]);
        }
    }

    @Test
    void mixesWithNoPicturesThatAreThere() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        PhantomSettings settings = new PhantomSettings(1, 1, 32, 1, 0);
        assertThatThrownBy(() -> new PhantomFolder(folder).write(settings, written -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already");
    }

    private static Map<String, Digest> digests(Path folder) throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
            }
        }
        return digests;
    }
}
