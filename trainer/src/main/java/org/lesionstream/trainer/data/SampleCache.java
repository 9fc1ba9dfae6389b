package org.lesionstream.trainer.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * The samples of a split, kept in memory as plain bytes as far as they fit; the others are read anew each time.
 *
 * <p>Bounded by {@code maxBytes}: the first samples asked for stay, nothing is evicted, since every epoch asks for every sample once and an eviction
 * order would only thrash. Any thread may ask.
 */
public final class SampleCache {

    private final List<CaseFiles> cases;
    private final Function<CaseFiles, Sample> read;
    private final AtomicReferenceArray<Sample> kept;
    private final AtomicLong freeBytes;

    /**
     * @param read how a case becomes a sample, usually {@code CaseReader::sample}
     * @param maxBytes samples kept at most, in bytes, 0 or more
     */
    public SampleCache(List<CaseFiles> cases, Function<CaseFiles, Sample> read, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, was " + maxBytes);
        }
        this.cases = List.copyOf(cases);
        this.read = read;
        this.kept = new AtomicReferenceArray<>(cases.size());
        this.freeBytes = new AtomicLong(maxBytes);
    }

    /** The pictures of all samples, in the order of the cases. */
    public Iterable<PixelGrid> images() {
        return () ->
                IntStream.range(0, size()).mapToObj(index -> get(index).image()).iterator();
    }

    public int size() {
        return cases.size();
    }

    public String name(int index) {
        return cases.get(index).name();
    }

    /** A sample; two threads that ask for a new one at once may both read it, and one of the two stays. */
    public Sample get(int index) {
        Sample known = kept.get(index);
        if (known != null) {
            return known;
        }
        Sample sample = read.apply(cases.get(index));
        if (freeBytes.addAndGet(-sample.bytes()) >= 0 && kept.compareAndSet(index, null, sample)) {
            return sample;
        }
        freeBytes.addAndGet(sample.bytes());
        return sample;
    }
}
