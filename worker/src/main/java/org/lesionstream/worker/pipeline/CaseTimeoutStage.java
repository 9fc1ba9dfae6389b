package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseTimeouts;
import org.lesionstream.worker.publish.JobSubmitter;

/**
 * Looks for cases whose time is up, and asks for their closing by a control record on the jobs topic.
 *
 * <ul>
 *   <li>It closes nothing itself: the record comes back through the intake, of this worker or another, so that a closing by
 *       time is stored, published and repeated on the same path as one by the last image.
 *   <li>While database or broker are away nothing is asked for; the cases are found again later.
 * </ul>
 */
final class CaseTimeoutStage implements Stage {
    private static final Logger LOG = Logger.getLogger(CaseTimeoutStage.class);
    private static final long STEP_NANOS = 50_000_000;
    private static final int MOST_AT_ONCE = 100;

    private final CaseTimeouts timeouts;
    private final JobSubmitter submitter;
    private final Duration limit;
    private final long everyNanos;
    private long nextNanos;

    CaseTimeoutStage(PipelineParts parts) {
        this.timeouts = parts.timeouts();
        this.submitter = parts.submitter();
        this.limit = parts.sizes().caseTimeout();
        this.everyNanos = parts.sizes().caseTimeoutCheck().toNanos();
        this.nextNanos = parts.clock().getAsLong() + everyNanos;
    }

    @Override
    public String role() {
        return "case-timeout";
    }

    @Override
    public int work(long nowNanos) {
        if (nowNanos < nextNanos) {
            LockSupport.parkNanos(this, Math.min(STEP_NANOS, nextNanos - nowNanos));
            return 0;
        }
        nextNanos = nowNanos + everyNanos;
        try {
            List<CaseTimeout> due = timeouts.claim(limit, MOST_AT_ONCE);
            due.forEach(submitter::submit);
            if (!due.isEmpty()) {
                LOG.infof("The time of %d cases is up; they are closed with what they have", due.size());
            }
            return due.size();
        } catch (SegmentationException failure) {
            LOG.debugf("Cases are closed later: %s", failure.getMessage());
            return 0;
        }
    }
}
