package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.testing.TestStore;

class LoadedSegmentersTest {

    private static final Digest A = Digest.of(new byte[] {1});
    private static final Digest B = Digest.of(new byte[] {2});
    private static final Digest C = Digest.of(new byte[] {3});

    private final Map<Digest, FakeSegmenter> latest = new HashMap<>();
    private final List<Digest> loads = new ArrayList<>();
    private final LoadedSegmenters segmenters = new LoadedSegmenters(2, this::load);
    private final ExecutorService others = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        others.shutdownNow();
    }

    @Test
    void loadsOnFirstUseOnly() {
        segmenters.lease(A).close();
        segmenters.lease(A).close();

        assertThat(loads).containsExactly(A);
        assertThat(segmenters.holds(A)).isTrue();
    }

    @Test
    void unloadsTheLeastRecentlyUsedAboveTheLimit() {
        segmenters.lease(A).close();
        segmenters.lease(B).close();
        segmenters.lease(A).close();

        segmenters.lease(C).close();

        assertThat(latest.get(B).closed()).isTrue();
        assertThat(latest.get(A).closed()).isFalse();
        assertThat(latest.get(C).closed()).isFalse();
        assertThat(segmenters.holds(B)).isFalse();
    }

    @Test
    void neverUnloadsWhatIsInUse() {
        LoadedSegmenters.Lease inUse = segmenters.lease(A);
        LoadedSegmenters.Lease alsoInUse = segmenters.lease(B);
        LoadedSegmenters.Lease third = segmenters.lease(C);
        assertThat(latest.values()).noneMatch(FakeSegmenter::closed);

        alsoInUse.close();

        assertThat(latest.get(B).closed()).isTrue();
        inUse.close();
        third.close();
        assertThat(latest.get(A).closed()).isFalse();
    }

    @Test
    void loadsAgainWhatWasUnloaded() {
        segmenters.lease(A).close();
        segmenters.lease(B).close();
        segmenters.lease(C).close();

        try (LoadedSegmenters.Lease lease = segmenters.lease(A)) {
            assertThat(lease.segmenter().segment(Tiles.random(TestStore.TILES, 1, 1)))
                    .hasSize(1);
        }
        assertThat(loads).containsExactly(A, B, C, A);
    }

    @Test
    void triesAgainAfterAFailedLoad() {
        int[] attempts = {0};
        var failing = new LoadedSegmenters(1, digest -> {
            attempts[0]++;
            throw new IllegalStateException("attempt " + attempts[0]);
        });

        assertThatThrownBy(() -> failing.lease(A)).hasMessage("attempt 1");
        assertThatThrownBy(() -> failing.lease(A)).hasMessage("attempt 2");
        assertThat(failing.holds(A)).isFalse();
    }

    @Test
    void staysUsableWhileAnotherNetworkLoads() throws Exception {
        var loading = new CountDownLatch(1);
        var mayFinish = new CountDownLatch(1);
        var slow = new LoadedSegmenters(2, digest -> {
            if (digest.equals(B)) {
                loading.countDown();
                await(mayFinish);
            }
            return load(digest);
        });
        slow.lease(A).close();
        Future<?> loader = others.submit(() -> slow.lease(B).close());
        await(loading);

        others.submit(() -> slow.lease(A).close()).get(10, TimeUnit.SECONDS);

        assertThat(slow.holds(B)).isFalse();
        mayFinish.countDown();
        loader.get(10, TimeUnit.SECONDS);
        assertThat(slow.holds(B)).isTrue();
    }

    @Test
    void loadsOnceForTwoThreadsThatNeedIt() throws Exception {
        var bothStarted = new CountDownLatch(2);
        Runnable user = () -> {
            bothStarted.countDown();
            await(bothStarted);
            segmenters.lease(A).close();
        };
        Future<?> one = others.submit(user);
        Future<?> other = others.submit(user);
        one.get(10, TimeUnit.SECONDS);
        other.get(10, TimeUnit.SECONDS);

        assertThat(loads).containsExactly(A);
    }

    @Test
    void unloadsEverythingAtTheEnd() {
        segmenters.lease(A).close();
        segmenters.lease(B).close();

        segmenters.close();

        assertThat(latest.values()).allMatch(FakeSegmenter::closed);
        assertThat(segmenters.holds(A)).isFalse();
    }

    private LoadedSegmenter load(Digest digest) {
        var segmenter = new FakeSegmenter(TestStore.TILES, 4);
        loads.add(digest);
        latest.put(digest, segmenter);
        return segmenter;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
