package org.lesionstream.worker.sink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CaseQueries;
import org.lesionstream.worker.persist.SinkEntry;
import org.lesionstream.worker.persist.SinkQueue;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Writes the results of closed cases to the sink, one case after the other.
 *
 * <ul>
 *   <li>What may succeed later stays due, and is tried again after a growing while, for as long as it takes. What cannot, since a picture is gone or
 *       the sink does not accept the files, is set aside with its code.
 *   <li>A case is written at least once. The files are the same every time, so once more does no harm.
 *   <li>Confined to one thread; several workers share the queue.
 * </ul>
 */
public final class SinkDrain {
    private static final Logger LOG = Logger.getLogger(SinkDrain.class);

    /** Far longer than a case takes; a worker that dies delays its case by so much. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private final SinkQueue queue;
    private final CaseQueries cases;
    private final CaseResults results;
    private final ResultSink sink;
    private final RetryBackoff backoff;
    private final WorkerMetrics metrics;
    private final LongSupplier clock;

    /** @param clock monotonic nanoseconds */
    public SinkDrain(
            SinkQueue queue,
            CaseQueries cases,
            CaseResults results,
            ResultSink sink,
            RetryBackoff backoff,
            WorkerMetrics metrics,
            LongSupplier clock) {
        this.queue = queue;
        this.cases = cases;
        this.results = results;
        this.sink = sink;
        this.backoff = backoff;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Writes the case that is due for the longest time.
     *
     * @return whether there was one
     * @throws SegmentationException if the database does not answer; then nothing is lost
     */
    public boolean writeNext() {
        Optional<SinkEntry> next = queue.claim(LEASE);
        next.ifPresent(this::write);
        return next.isPresent();
    }

    private void write(SinkEntry entry) {
        Optional<CaseDetails> details = cases.byId(entry.caseId()).stream()
                .filter(found -> found.overview().reference().equals(entry.reference()))
                .filter(found -> found.overview().revision() == entry.revision())
                .findFirst();
        if (details.isEmpty()) {
            return; // dropped, or closed once more since, which made it due by itself
        }
        try {
            long start = clock.getAsLong();
            CaseResults.Made made = results.make(details.get());
            List<ResultFile> files = made.files().stream()
                    .filter(file -> sink.takes(file.mediaType()))
                    .toList();
            if (!files.isEmpty()) {
                sink.put(made.folder(), files);
            }
            metrics.time(WorkerMetric.SINK_DURATION, clock.getAsLong() - start);
            queue.written(entry, files.size());
            metrics.count(WorkerMetric.SINK_CASES, 1, files.isEmpty() ? "nothing" : "written");
        } catch (SegmentationException failure) {
            setBack(entry, failure.code());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError fault) {
            LOG.errorf(
                    "The results of a case could not be made: %s",
                    fault.getClass().getName());
            setBack(entry, FailureCode.INTERNAL_ERROR);
        }
    }

    private void setBack(SinkEntry entry, FailureCode code) {
        if (code.type() == FailureType.TRANSIENT) {
            queue.again(entry, code, backoff.delay(entry.attempts()));
            metrics.count(WorkerMetric.SINK_CASES, 1, "again");
            LOG.debugf("A case is written to the sink later: %s", code);
        } else {
            queue.failed(entry, code);
            metrics.count(WorkerMetric.SINK_CASES, 1, "failed");
            LOG.warnf("A case cannot be written to the sink: %s; worker sink lists it", code);
        }
    }
}
