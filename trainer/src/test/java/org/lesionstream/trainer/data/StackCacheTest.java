package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.Volumes;

class StackCacheTest {

    private static final int BYTES = 3 * 2 * 4;

    @TempDir
    private Path folder;

    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void readsAStackOnceForAllThreadsThatWantIt() {
        Path file = volume("a");
        CountDownLatch all = new CountDownLatch(4);
        StackCache cache = new StackCache(
                path -> {
                    readings.incrementAndGet();
                    return PictureStack.read(path);
                },
                BYTES);
        List<PictureStack> got = new ArrayList<>();
        try (LoadingThreads threads = new LoadingThreads(4)) {
            List<Future<PictureStack>> wanted = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                wanted.add(threads.begin(() -> {
                    all.countDown();
                    all.await();
                    return cache.get(file);
                }));
            }
            wanted.forEach(future -> got.add(LoadingThreads.result(future)));
        }
        assertThat(readings).hasValue(1);
        assertThat(got).hasSize(4).containsOnly(got.get(0));
        assertThat(got.get(0).bytes()).isEqualTo(BYTES);
    }

    @Test
    void forgetsWhatNobodyAskedForTheLongest() {
        StackCache cache = counting(2 * BYTES);
        Path a = volume("a");
        Path b = volume("b");
        Path c = volume("c");
        cache.get(a);
        cache.get(b);
        cache.get(a);
        cache.get(c); // b goes
        assertThat(readings).hasValue(3);
        cache.get(a);
        cache.get(c);
        assertThat(readings).hasValue(3);
        cache.get(b);
        assertThat(readings).hasValue(4);
    }

    @Test
    void keepsTheLastOneThoughItIsTooLarge() {
        StackCache cache = counting(1);
        Path a = volume("a");
        cache.get(a);
        cache.get(a);
        assertThat(readings).hasValue(1);
        cache.get(volume("b"));
        cache.get(a);
        assertThat(readings).hasValue(3);
    }

    @Test
    void triesAgainWhatCouldNotBeRead() throws IOException {
        StackCache cache = counting(BYTES);
        Path file = volume("a");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8});
        assertThatIllegalArgumentException().isThrownBy(() -> cache.get(file)).withMessageContaining("a.nii");
        Files.write(file, whole);
        assertThat(cache.get(file).picture(4).sample(1, 2, 0)).isEqualTo(2 + 3 + 24);
    }

    private StackCache counting(long maxBytes) {
        return new StackCache(
                path -> {
                    readings.incrementAndGet();
                    return PictureStack.read(path);
                },
                maxBytes);
    }

    private Path volume(String name) {
        return Volumes.bytes(
                folder.resolve(name + ".nii"), 3, 2, 4, (column, row, slice) -> column + 3 * row + 8 * slice);
    }
}
