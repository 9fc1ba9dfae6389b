package org.lesionstream.worker.architecture.violations.edges.worker.health;

import org.lesionstream.worker.batch.BatchLimits;

/** A probe that knows a stage. */
record LooksIntoTheBatch(BatchLimits limits) {}
