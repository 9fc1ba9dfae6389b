package org.lesionstream.trainer.data;

/** A seed of its own for each epoch and sample, so that any of them can be drawn again by itself. */
public final class SampleSeed {

    private SampleSeed() {}

    /**
     * The seed; the odd constants are those of SplitMix64 (Steele, Lea, Flood 2014).
     *
     * @param seed of the run
     * @param epoch counted from 1
     * @param sample its number, or a negative one for what belongs to no sample
     */
    public static long of(long seed, int epoch, int sample) {
        long mixed = seed * 0x9E3779B97F4A7C15L + epoch;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L + sample;
        return (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    }
}
