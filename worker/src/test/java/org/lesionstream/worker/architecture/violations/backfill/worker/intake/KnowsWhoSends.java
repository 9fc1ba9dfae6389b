package org.lesionstream.worker.architecture.violations.backfill.worker.intake;

import org.lesionstream.worker.backfill.BackfillLimits;

/** A stage that treats the jobs of a backfill differently. */
record KnowsWhoSends(BackfillLimits limits) {}
