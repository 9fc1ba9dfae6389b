package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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
    private final LoadedSegmenters segmenters = segmenters(2, this::load);
    private final ExecutorService others = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        others.shutdownNow();
    }

    @Test
    void loadsOnFirstUseOnly() {
        segmenters.loadBeside(A).close();
        segmenters.loadBeside(A).close();

        assertThat(loads).containsExactly(A);
        assertThat(segmenters.holds(A)).isTrue();
    }

    @Test
    void unloadsTheLeastRecentlyUsedAboveTheLimit() {
        segmenters.loadBeside(A).close();
        segmenters.loadBeside(B).close();
        segmenters.loadBeside(A).close();

        segmenters.loadBeside(C).close();

        assertThat(latest.get(B).closed()).isTrue();
        assertThat(latest.get(A).closed()).isFalse();
        assertThat(latest.get(C).closed()).isFalse();
        assertThat(segmenters.holds(B)).isFalse();
    }

    @Test
    void neverUnloadsWhatIsInUse() {
        Network inUse = segmenters.loadBeside(A);
        Network alsoInUse = segmenters.loadBeside(B);
        Network third = segmenters.loadBeside(C);
        assertThat(latest.values()).noneMatch(FakeSegmenter::closed);

        alsoInUse.close();

        assertThat(latest.get(B).closed()).isTrue();
        inUse.close();
        third.close();
        assertThat(latest.get(A).closed()).isFalse();
    }

    @Test
    void loadsAgainWhatWasUnloaded() {
        segmenters.loadBeside(A).close();
        segmenters.loadBeside(B).close();
        segmenters.loadBeside(C).close();

        try (Network lease = segmenters.loadBeside(A)) {
            assertThat(lease.segmenter().segment(Tiles.inputs(Tiles.random(TestStore.TILES, 1, 1)), 1))
                    .hasSize(1);
        }
        assertThat(loads).containsExactly(A, B, C, A);
    }

    @Test
    void triesAgainAfterAFailedLoad() {
        int[] attempts = {0};
        var failing = segmenters(1, digest -> {
            attempts[0]++;
            throw new IllegalStateException("attempt " + attempts[0]);
        });

        assertThatThrownBy(() -> failing.loadBeside(A)).hasMessage("attempt 1");
        assertThatThrownBy(() -> failing.loadBeside(A)).hasMessage("attempt 2");
        assertThat(failing.holds(A)).isFalse();
    }

    @Test
    void staysUsableWhileAnotherNetworkLoads() throws Exception {
        var loading = new CountDownLatch(1);
        var mayFinish = new CountDownLatch(1);
        var slow = segmenters(2, digest -> {
            if (digest.equals(B)) {
                loading.countDown();
                await(mayFinish);
            }
            return load(digest);
        });
        slow.loadBeside(A).close();
        Future<?> loader = others.submit(() -> slow.loadBeside(B).close());
        await(loading);

        others.submit(() -> slow.loadBeside(A).close()).get(10, TimeUnit.SECONDS);

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
            segmenters.loadBeside(A).close();
        };
        Future<?> one = others.submit(user);
        Future<?> other = others.submit(user);
        one.get(10, TimeUnit.SECONDS);
        other.get(10, TimeUnit.SECONDS);

        assertThat(loads).containsExactly(A);
    }

    @Test
    void unloadsEverythingAtTheEnd() {
        segmenters.loadBeside(A).close();
        segmenters.loadBeside(B).close();

        segmenters.close();

        assertThat(latest.values()).allMatch(FakeSegmenter::closed);
        assertThat(segmenters.holds(A)).isFalse();
    }

    @Test
    void givesOnlyWhatIsInMemoryWhereNobodyMayWait() {
        assertThat(segmenters.lease(A)).isEmpty();
        segmenters.loadBeside(A).close();

        assertThat(segmenters.lease(A)).hasValueSatisfying(Network::close);
        assertThat(loads).containsExactly(A);
    }

    @Test
    void waitsWithALoadUntilAnotherNetworkIsOutOfUse() throws Exception {
        Network inUse = segmenters.loadBeside(A);
        Network alsoInUse = segmenters.loadBeside(B);
        Future<Network> third = others.submit(() -> segmenters.load(C));
        assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(loads).containsExactly(A, B);

        alsoInUse.close();

        third.get(10, TimeUnit.SECONDS).close();
        assertThat(latest.get(B).closed()).isTrue();
        assertThat(latest.get(A).closed()).isFalse();
        inUse.close();
    }

    @Test
    void keepsTheBytesOfAllNetworksWithinTheBudget() throws Exception {
        var memory = new InferenceSettings.Memory(9, 100);
        var limited = new LoadedSegmenters(memory, digest -> digest.equals(C) ? 200 : 50, this::load);
        limited.load(A).close();
        limited.load(B).close();
        assertThat(limited.holds(A) && limited.holds(B)).isTrue();

        limited.load(C).close(); // larger than the budget: alone

        assertThat(limited.holds(A) || limited.holds(B)).isFalse();
        assertThat(limited.holds(C)).isTrue();
    }

    @Test
    void countsAUserOnceHoweverOftenItCloses() {
        Network first = segmenters.loadBeside(A);
        Network second = segmenters.loadBeside(A);
        first.close();
        first.close();

        segmenters.loadBeside(B).close();
        segmenters.loadBeside(C).close();

        assertThat(latest.get(A).closed()).isFalse();
        second.close();
    }

    private static LoadedSegmenters segmenters(int networks, Function<Digest, LoadedSegmenter.Warm> loader) {
        return new LoadedSegmenters(new InferenceSettings.Memory(networks, 1000), digest -> 1, loader);
    }

    private LoadedSegmenter.Warm load(Digest digest) {
        var segmenter = new FakeSegmenter(TestStore.TILES, 4);
        loads.add(digest);
        latest.put(digest, segmenter);
        return new LoadedSegmenter.Warm(segmenter, new TreeMap<>(Map.of(1, Duration.ofMillis(1))));
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
