package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StageLoopTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();

    @Test
    void worksUntilItIsStoppedAndClosesTheStageOnItsOwnThread() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(3);
        AtomicReference<String> closedBy = new AtomicReference<>();
        StageLoop loop = new StageLoop(stage(worked::countDown, closedBy), 7, now::get, () -> {});

        loop.start();
        worked.await();
        loop.stop();
        loop.join(SOON);

        assertThat(loop.alive()).isFalse();
        assertThat(closedBy).hasValue("probe-7");
    }

    @Test
    void reportsAStageThatFails() throws InterruptedException {
        CountDownLatch reported = new CountDownLatch(1);
        StageLoop loop = new StageLoop(
                stage(
                        () -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        new AtomicReference<>()),
                0,
                now::get,
                reported::countDown);

        loop.start();
        reported.await();
        loop.join(SOON);

        assertThat(loop.alive()).isFalse();
    }

    @Test
    void saysHowLongTheStageHasNotComeBack() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StageLoop loop = new StageLoop(
                stage(
                        () -> {
                            entered.countDown();
                            release.await();
                        },
                        new AtomicReference<>()),
                0,
                now::get,
                () -> {});
        loop.start();
        entered.await();

        now.set(Duration.ofSeconds(50).toNanos());

        assertThat(loop.silence(now.get())).isEqualTo(Duration.ofSeconds(50));
        assertThat(loop.stuck(Duration.ofSeconds(60), now.get())).isFalse();
        assertThat(loop.stuck(Duration.ofSeconds(5), now.get())).isFalse(); // the stage says that it may take a minute

        now.set(Duration.ofSeconds(61).toNanos());

        assertThat(loop.stuck(Duration.ofSeconds(5), now.get())).isTrue();
        assertThat(loop.stuck(Duration.ofSeconds(70), now.get())).isFalse();
        loop.stop();
        release.countDown();
        loop.join(SOON);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Stage stage(Work work, AtomicReference<String> closedBy) {
        return new Stage() {
            @Override
            public String role() {
                return "probe";
            }

            @Override
            public int work(long nowNanos) throws InterruptedException {
                work.run();
                return 1;
            }

            @Override
            public Duration longestTurn() {
                return Duration.ofSeconds(60);
            }

            @Override
            public void close() {
                closedBy.set(Thread.currentThread().getName());
            }
        };
    }
}
