package org.lesionstream.trainer.architecture.violations.worker;

import org.lesionstream.worker.WorkerClass;

/** Breaks the rule on purpose. */
record UsesTheWorker(WorkerClass worker) {}
