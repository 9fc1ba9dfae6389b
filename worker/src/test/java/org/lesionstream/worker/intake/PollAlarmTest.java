package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PollAlarmTest {
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final PollAlarm alarm = new PollAlarm(wakeUps::incrementAndGet);

    @Test
    void interruptsThePollThatIsUnderWayOnce() {
        alarm.set();
        alarm.ring();
        alarm.ring();

        assertThat(wakeUps).hasValue(1);
        assertThat(alarm.rings()).isTrue();
    }

    @Test
    void interruptsNothingElse() {
        alarm.ring();
        alarm.set();
        alarm.unset();
        alarm.ring();

        assertThat(wakeUps).hasValue(0);
        assertThat(alarm.rings()).isFalse();
    }

    @Test
    void saysThatThePollWasToldToEndUntilTheNextOneBegins() {
        alarm.set();
        alarm.ring();
        alarm.unset();
        assertThat(alarm.rings()).isTrue();

        alarm.set();
        assertThat(alarm.rings()).isFalse();
    }

    @Test
    @Timeout(20)
    void waitsNoLongerThanUntilItRings() throws InterruptedException {
        AtomicBoolean there = new AtomicBoolean();
        Thread bringer = new Thread(() -> {
            there.set(true);
            alarm.ring();
        });
        bringer.start();

        while (!there.get()) {
            alarm.await(Duration.ofMinutes(1), there::get);
        }

        bringer.join();
        assertThat(wakeUps).hasValue(0);
    }
}
