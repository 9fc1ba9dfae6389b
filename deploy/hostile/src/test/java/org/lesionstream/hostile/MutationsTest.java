package org.lesionstream.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each promise of a reader, broken. */
class MutationsTest {

    private static final byte[] SOUND = "a sound file".getBytes(US_ASCII);

    private static byte[] kept = {};

    @Test
    void letsARefusalPass() {
        List<byte[]> seen = new ArrayList<>();
        Mutations.survive(
                target(bytes -> {
                    seen.add(bytes);
                    if (!Arrays.equals(bytes, SOUND)) {
                        throw new IOException("not sound");
                    }
                }),
                100);

        assertThat(seen).hasSize(101).contains(SOUND);
        assertThat(seen.stream().filter(bytes -> !Arrays.equals(bytes, SOUND)).count())
                .isGreaterThan(90);
    }

    @Test
    void givesTheSameDamageForTheSameSeed() {
        List<byte[]> first = new ArrayList<>();
        List<byte[]> second = new ArrayList<>();
        Mutations.survive(target(first::add), 100);
        Mutations.survive(target(second::add), 100);

        assertThat(first.toArray(byte[][]::new)).isDeepEqualTo(second.toArray(byte[][]::new));
    }

    @Test
    void noticesWhateverIsNoRefusal() {
        assertBroken("seed 0: reader failed", bytes -> {
            throw new IllegalStateException("a fault");
        });
        assertBroken("seed 0: reader failed", bytes -> endless(1));
        assertBroken("seed 0: reader failed", bytes -> {
            throw new OutOfMemoryError();
        });
    }

    @Test
    void noticesARefusalThatTellsTextOfTheFile() {
        assertBroken("tells text of the file", bytes -> {
            throw new IOException("patient " + Target.MARK + "^NAME");
        });
    }

    @Test
    void noticesTooMuchMemory() {
        assertBroken("bytes, at most", bytes -> kept = new byte[65 << 20]);
        assertThat(kept).hasSizeGreaterThan(1 << 20);
    }

    @Test
    void noticesTooMuchTime() {
        assertBroken("nanoseconds, at most", bytes -> {
            long end = System.nanoTime() + 30_000_000_000L;
            long before = processorTime();
            while (processorTime() - before <= Target.LONGEST.toNanos() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void refusesATargetWhoseSoundInputIsRefused() {
        Target target = target(bytes -> {
            throw new IOException("refused");
        });
        assertThatThrownBy(() -> Mutations.survive(target, 1)).hasMessage("reader refuses sound input");
    }

    /** Only damaged input does harm. */
    private static void assertBroken(String reason, Target.Reader harm) {
        Target target = target(bytes -> {
            if (!Arrays.equals(bytes, SOUND)) {
                harm.read(bytes);
            }
        });
        assertThatThrownBy(() -> Mutations.survive(target, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(reason);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @SuppressWarnings("InfiniteRecursion") // what a nest without end does
    private static int endless(int depth) {
        return 1 + endless(depth + 1);
    }

    private static Target target(Target.Reader reader) {
        return new Target("reader", List.of(SOUND), reader, IOException.class);
    }
}
