package org.lesionstream.local.scale.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

    @Test
    void countsWhatThisProcessWorks() {
        double before = ProcessorTime.seconds();
        SplittableRandom random = new SplittableRandom(1);
        long sum = 0;
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (ProcessorTime.seconds() - before < 0.1 && System.nanoTime() < deadline) {
            sum += random.longs(100_000).sum();
        }

        assertThat(sum).isNotZero();
        assertThat(ProcessorTime.seconds() - before).isGreaterThanOrEqualTo(0.1);
    }

    @Test
    void readsWhatTheCoresDidNotDo() {
        assertThat(ProcessorTime.idleSeconds("cpu  100 20 30 4000 50 0 7 0 0 0\ncpu0 1 2 3 4 5\n"))
                .isEqualTo(40.5);
        assertThat(ProcessorTime.idleSeconds()).isPositive();
        assertThatThrownBy(() -> ProcessorTime.idleSeconds("intr 1 2 3 4 5 6")).hasMessageContaining("/proc/stat");
    }
}
