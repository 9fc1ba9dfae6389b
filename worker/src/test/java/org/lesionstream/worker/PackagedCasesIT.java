package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;
import static org.lesionstream.worker.testing.PackagedSystem.job;
import static org.lesionstream.worker.testing.PackagedSystem.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.PackagedSystem;

/** Cases of several images, done by two packaged workers that share them and close them by their last image or by time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedCasesIT {
    private static final double SLICE_SPACING = 3;

    private final MessageCodec codec = new MessageCodec();

    @TempDir
    private static Path folder;

    private PackagedSystem system;

    @BeforeAll
    void startEverything() throws IOException {
        system = PackagedSystem.start(
                folder, Map.of("LESIONSTREAM_CASES_TIMEOUT", "3s", "LESIONSTREAM_CASES_TIMEOUT_CHECK", "200ms"));
        system.startWorker();
    }

    @AfterAll
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void measuresAVolumeOnceThoughItsSlicesComeTwiceOutOfOrderAndToTwoWorkers() throws Exception {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int image = 1; image <= 6; image++) {
            Path picture = system.picture("stack-" + image + ".png", image == 6 ? 0 : image);
            jobs.add(slice("stack-" + image, "stack", image, 6, picture, SLICE_SPACING));
        }
        List<Map<String, Object>> shuffled = new ArrayList<>(jobs);
        shuffled.addAll(jobs);
        Collections.shuffle(shuffled, new Random(4));
        int partition = 0;
        for (Map<String, Object> job : shuffled) {
            system.submit("key-" + partition++, job);
        }

        byte[] closed = system.answers().await("stack/lesion@production#1", SOON);
        for (int image = 1; image <= 6; image++) {
            system.answers().awaitCopies("stack-" + image + "#0", 2, SOON);
        }

        assertThat(system.answers().copies("stack/lesion@production#1"))
                .allSatisfy(copy -> assertThat(copy).isEqualTo(closed));
        CaseResult result = codec.readCaseResult(closed);
        assertThat(result.complete()).isTrue();
        CaseVolume volume = result.volume().orElseThrow();
        assertThat(volume.lesionCount()).isEqualTo(1);
        VolumeLesion lesion = volume.lesions().get(0);
        assertThat(lesion.voxels()).isEqualTo(1 + 4 + 9 + 16 + 25);
        assertThat(lesion.volumeCubicMillimetres().orElseThrow()).isCloseTo(55 * 3 * 0.125, within(1e-9));
        assertThat(lesion.slices()).isEqualTo(5);
        assertThat(lesion.largestSlice()).isEqualTo(4);
        double rows = 5 * 0.5;
        double columns = 5 * 0.25;
        double slices = 5 * SLICE_SPACING;
        assertThat(lesion.longestDiameterMillimetres().orElseThrow())
                .as("from a corner of the one pixel of slice 1 to the far corner of the square of slice 5")
                .isCloseTo(Math.sqrt(rows * rows + columns * columns + slices * slices), within(1e-9));
    }

    @Test
    void closesACaseWhoseTimeIsUpAndMakesAnotherRevisionOfTheLateImage() throws Exception {
        Path truncated = system.path("images/truncated.png");
        byte[] whole = Files.readAllBytes(system.picture("late.png", 3));
        Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
        system.submit("late", job("late-1", "late", 1, 3, system.path("images/late.png")));
        system.submit("late", job("late-2", "late", 2, 3, truncated));

        CaseResult byTime = codec.readCaseResult(system.answers().await("late/lesion@production#1", SOON));
        assertThat(byTime.closedByTime()).isTrue();
        assertThat(byTime.complete()).isFalse();
        assertThat(byTime.missing()).containsExactly(2, 3);
        assertThat(byTime.deadLetters()).containsExactly(2);
        assertThat(byTime.lesionCount()).isEqualTo(1);

        system.submit("late", job("late-3", "late", 3, 3, system.path("images/late.png")));

        CaseResult complete = codec.readCaseResult(system.answers().await("late/lesion@production#2", SOON));
        assertThat(complete.closedByTime()).isFalse();
        assertThat(complete.missing()).containsExactly(2);
        assertThat(complete.lesionCount()).isEqualTo(2);
    }
}
