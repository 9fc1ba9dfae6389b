package org.lesionstream.local.architecture.violations.cycle.local.first;

import org.lesionstream.local.architecture.violations.cycle.local.second.Second;

/** Breaks the rule on purpose. */
public record First(Second second) {}
