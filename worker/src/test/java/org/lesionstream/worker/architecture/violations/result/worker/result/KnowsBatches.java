package org.lesionstream.worker.architecture.violations.result.worker.result;

import org.lesionstream.worker.batch.BatchLimits;

/** A written result that knows how it was come by. */
record KnowsBatches(BatchLimits limits) {}
