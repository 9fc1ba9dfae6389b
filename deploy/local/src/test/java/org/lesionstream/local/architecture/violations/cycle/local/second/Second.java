package org.lesionstream.local.architecture.violations.cycle.local.second;

import org.lesionstream.local.architecture.violations.cycle.local.first.First;

/** Breaks the rule on purpose. */
public record Second(First first) {}
