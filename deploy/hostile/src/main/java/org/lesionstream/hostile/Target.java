package org.lesionstream.hostile;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * A reader of bytes that strangers send, and what it promises whatever the bytes are:
 *
 * <ul>
 *   <li>it returns, or throws its refusal and nothing else;
 *   <li>the refusal does not repeat {@link #MARK}, unless it {@link #quoting() may quote};
 *   <li>it takes at most {@link #LONGEST} of processor time and {@link #MOST_BYTES} of memory, all copies together.
 * </ul>
 *
 * @param name unique among all targets, without blanks
 * @param sound what it reads without a refusal: where damage begins
 * @param reader reads, and asks everything that can be asked of what was read
 * @param refusal what it may throw
 * @param quotes whether the refusal may hold words of the input
 */
public record Target(
        String name, List<byte[]> sound, Reader reader, Class<? extends Exception> refusal, boolean quotes) {

    /** Part of every text about a patient in sound input. */
    public static final String MARK = "MARK";

    /** Processor time for one input, a few kilobytes of it. */
    public static final Duration LONGEST = Duration.ofSeconds(2);

    /** Bytes allocated for one input. */
    public static final long MOST_BYTES = 64 << 20;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    public Target {
        if (sound.isEmpty() || name.contains(" ")) {
            throw new IllegalArgumentException("target " + name + " needs sound input, and a name without blanks");
        }
        sound = List.copyOf(sound);
    }

    /** A reader of what may tell of a patient: its refusal is silent. */
    public Target(String name, List<byte[]> sound, Reader reader, Class<? extends Exception> refusal) {
        this(name, sound, reader, refusal, false);
    }

    /** The same for input that is about no patient, and whose words help whoever has to mend it. */
    public Target quoting() {
        return new Target(name, sound, reader, refusal, true);
    }

    /** The code under attack. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    /**
     * Lets the reader read any bytes.
     *
     * @throws AssertionError if it breaks its promise
     */
    public void read(byte[] bytes) {
        long timeBefore = THREADS.getCurrentThreadCpuTime();
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.read(bytes);
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            if (!refusal.isInstance(thrown)) {
                throw new AssertionError(name + " failed instead of refusing", thrown);
            }
            if (!quotes && String.valueOf(thrown.getMessage()).contains(MARK)) {
                throw new AssertionError(name + " tells text of the file", thrown);
            }
        }
        require(THREADS.getCurrentThreadCpuTime() - timeBefore, LONGEST.toNanos(), "nanoseconds");
        require(THREADS.getCurrentThreadAllocatedBytes() - bytesBefore, MOST_BYTES, "bytes");
    }

    private void require(long taken, long most, String unit) {
        if (taken > most) {
            throw new AssertionError(name + " took " + taken + " " + unit + ", at most " + most + " are allowed");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
