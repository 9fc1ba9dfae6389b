package org.lesionstream.worker.architecture.violations.foundations.worker.failure;

import org.lesionstream.worker.batch.BatchLimits;

/** A foundation that stands on a stage. */
record KnowsBatches(BatchLimits limits) {}
