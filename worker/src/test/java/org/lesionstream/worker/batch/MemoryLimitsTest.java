package org.lesionstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {

    private static final BatchSizes ALL = MicroBatcherTest.sizes(Map.of(1, 10, 2, 15, 4, 20, 8, 30));

    private final MemoryLimits<String> limits = new MemoryLimits<>();

    @Test
    void allowsEverySizeAtFirst() {
        assertThat(limits.usable("a", ALL)).isEqualTo(ALL);
    }

    @Test
    void usesOnlySmallerSizesOfThatKeyAfterALackOfMemory() {
        limits.tooLarge("a", 4);

        assertThat(limits.usable("a", ALL).times()).containsOnlyKeys(1, 2);
        assertThat(limits.usable("b", ALL)).isEqualTo(ALL);
    }

    @Test
    void keepsTheSmallestSize() {
        limits.tooLarge("a", 1);

        assertThat(limits.usable("a", ALL).times()).containsOnlyKeys(1);
    }

    @Test
    void growsBackStepByStepWithBatchesThatAreAsLargeAsAllowed() {
        limits.tooLarge("a", 4);

        run(1000, 1);
        assertThat(limits.usable("a", ALL).largest()).isEqualTo(2);
        run(49, 2);
        assertThat(limits.usable("a", ALL).largest()).isEqualTo(2);
        run(1, 2);
        assertThat(limits.usable("a", ALL).largest()).isEqualTo(4);
        run(50, 3);
        assertThat(limits.usable("a", ALL)).isEqualTo(ALL);
    }

    @Test
    void waitsAsLongAgainWhenTheNextSizeStillDoesNotFit() {
        limits.tooLarge("a", 4);
        run(50, 2);
        limits.tooLarge("a", 4);
        run(49, 2);
        assertThat(limits.usable("a", ALL).largest()).isEqualTo(2);
    }

    private void run(int times, int items) {
        for (int i = 0; i < times; i++) {
            limits.fitted("a", items, ALL);
        }
    }
}
