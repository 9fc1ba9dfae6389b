package org.lesionstream.worker.persist;

import java.time.Instant;
import org.lesionstream.schemas.message.FailureCode;

/**
 * A case that is not in the sink, and why.
 *
 * @param again whether workers go on trying; if not, the cause is to be mended first
 * @param attempts made so far
 * @param at when the last one failed
 */
public record SinkFailure(
        String caseId, String reference, int revision, boolean again, int attempts, FailureCode code, Instant at) {}
