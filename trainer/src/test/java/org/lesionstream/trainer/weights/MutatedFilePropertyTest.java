package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.testing.TestFiles;

/** Whatever happens to a file, reading it ends soon, with weights or with an {@link IOException} of one line. */
class MutatedFilePropertyTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static Path file;
    private static byte[] safetensors;

    @BeforeContainer
    static void makeFiles() throws IOException {
        file = Files.createTempFile("mutated", ".pth");
        new SafetensorsFile(
                        Map.of("by", "a test"),
                        Map.of(
                                "a", new FloatTensor(new long[] {2, 3}, new float[6]),
                                "b", new FloatTensor(new long[] {}, new float[1])))
                .write(file);
        safetensors = Files.readAllBytes(file);
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 1500)
    void aChangedZipFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) {
        readOrRefuse(mutated(TestFiles.bytes("views.protocol4.pth"), seed, changes));
    }

    @Property(tries = 1500)
    void aChangedLegacyFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) {
        readOrRefuse(mutated(TestFiles.bytes("views.legacy.pth"), seed, changes));
    }

    @Property(tries = 500)
    void aChangedTrainingFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes) {
        readOrRefuse(mutated(TestFiles.bytes("wrapped.pth"), seed, changes));
    }

    @Property(tries = 500)
    void aChangedSafetensorsFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) {
        readOrRefuse(mutated(safetensors, seed, changes));
    }

    private static byte[] mutated(byte[] whole, long seed, int changes) {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at)); // cut
                case 1 -> { // one stretch over another
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(Math.min(32, bytes.length - Math.max(from, at)));
                    System.arraycopy(bytes.clone(), from, bytes, at, length);
                }
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bytes[at] = (byte) 0xff;
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private static void readOrRefuse(byte[] bytes) {
        assertTimeoutPreemptively(SOON, () -> {
            Files.write(file, bytes);
            try {
                assertThat(ReferenceWeights.read(file).format()).isNotBlank();
            } catch (IOException refusal) {
                assertThat(refusal.getMessage())
                        .contains(file.toString())
                        .doesNotContain("\n")
                        .doesNotEndWith("null");
            }
        });
    }
}
