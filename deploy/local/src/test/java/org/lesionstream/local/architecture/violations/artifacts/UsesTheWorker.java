package org.lesionstream.local.architecture.violations.artifacts;

import org.lesionstream.worker.WorkerClass;

/** Breaks the rule on purpose. */
record UsesTheWorker(WorkerClass worker) {}
