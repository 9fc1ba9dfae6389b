package org.lesionstream.worker.backfill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Iterator;
import java.util.Optional;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.failure.SegmentationException;

/** All pictures whose keys in an S3 bucket begin alike, each a case of its own, in the order of the keys; a page of keys in memory. */
public final class PrefixSource implements EntrySource {
    private static final String WHERE = "backfill";

    private final S3Objects objects;
    private final S3Objects.Address prefix;
    private final JobMaker jobs;
    private final Iterator<String> keys;
    private boolean more;
    private long number;

    private PrefixSource(S3Objects objects, S3Objects.Address prefix, JobMaker jobs) {
        this.objects = objects;
        this.prefix = prefix;
        this.jobs = jobs;
        this.keys = objects.keys(prefix, WHERE);
        this.more = keys.hasNext(); // asks for the first page, so that a bucket that does not answer is told now
    }

    /**
     * Begins the list.
     *
     * @param objects closed with the source
     * @throws IOException if the bucket does not answer, or not to us
     */
    public static PrefixSource open(S3Objects objects, S3Objects.Address prefix, JobMaker jobs) throws IOException {
        try {
            return new PrefixSource(objects, prefix, jobs);
        } catch (SegmentationException e) {
            throw unreadable(e);
        }
    }

    /**
     * Counts the pictures.
     *
     * @throws IOException if the bucket does not answer, or not to us
     */
    public static long count(S3Objects objects, S3Objects.Address prefix) throws IOException {
        try {
            long pictures = 0;
            for (Iterator<String> keys = objects.keys(prefix, WHERE); keys.hasNext(); ) {
                pictures += isPicture(keys.next()) ? 1 : 0;
            }
            return pictures;
        } catch (SegmentationException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<SourceLine> next() {
        try {
            while (more) {
                String key = keys.next();
                more = keys.hasNext();
                if (isPicture(key)) {
                    return Optional.of(line(key));
                }
            }
            return Optional.empty();
        } catch (SegmentationException e) {
            throw new UncheckedIOException(unreadable(e));
        }
    }

    private SourceLine line(String key) {
        number++;
        try {
            return jobs.job(number, Entry.at(URI.create(prefix.at(key).toASCIIString())));
        } catch (IllegalArgumentException e) {
            return new SourceLine.Refused(number, e.getMessage());
        }
    }

    private static boolean isPicture(String key) {
        return PictureNames.isPicture(key.substring(key.lastIndexOf('/') + 1));
    }

    /** Code and place say all that may be said. */
    private static IOException unreadable(SegmentationException failure) {
        return new IOException("the bucket cannot be listed: " + failure.code(), failure);
    }

    @Override
    public void close() {
        objects.close();
    }
}
