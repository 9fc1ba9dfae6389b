package org.lesionstream.worker.architecture.violations.cycle.worker.first;

import org.lesionstream.worker.architecture.violations.cycle.worker.second.Second;

/** Half of a circle. */
public record First(Second second) {}
