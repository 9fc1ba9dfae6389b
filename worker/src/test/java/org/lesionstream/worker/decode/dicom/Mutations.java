package org.lesionstream.worker.decode.dicom;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.lesionstream.schemas.image.ImageRefusedException;

/** Files that were damaged on purpose, each by a seed that is told where one of them does harm. */
public final class Mutations {

    /** What a small picture may take in memory, all copies of a mutation together. */
    private static final long MOST_BYTES = 64 << 20;

    private static final byte[] EXTREMES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

    private Mutations() {}

    /**
     * Lets {@code decoder} decode damaged copies.
     *
     * @param mark text of a patient, which no exception may repeat
     * @throws AssertionError if anything is thrown but a refusal, or too much memory is taken
     */
    public static void decode(byte[] sound, int count, long firstSeed, String mark, Consumer<byte[]> decoder) {
        decoder.accept(sound.clone());
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            byte[] damaged = damaged(sound, new Random(seed));
            long before = allocated();
            try {
                decoder.accept(damaged);
            } catch (ImageRefusedException refused) {
                Assertions.assertThat(refused.getMessage()).as("seed " + seed).doesNotContain(mark);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
                throw new AssertionError("seed " + seed + " made the decoder fail", fault);
            }
            Assertions.assertThat(allocated() - before)
                    .as("bytes by seed " + seed)
                    .isLessThan(MOST_BYTES);
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, at, end, EXTREMES[random.nextInt(EXTREMES.length)]);
            case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - (end - at) + 1), bytes, at, end - at);
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return joined(bytes, at, bytes, end); // without some
            }
            default -> {
                return joined(bytes, end, bytes, at); // some twice
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailBegin) {
        byte[] joined = Arrays.copyOf(head, headEnd + tail.length - tailBegin);
        System.arraycopy(tail, tailBegin, joined, headEnd, tail.length - tailBegin);
        return joined;
    }
}
