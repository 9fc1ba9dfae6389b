package org.lesionstream.worker.architecture.violations.cycle.worker.second;

import org.lesionstream.worker.architecture.violations.cycle.worker.first.First;

/** The other half. */
public record Second(Class<First> first) {}
