package org.lesionstream.trainer.architecture.violations.cycle.trainer.first;

import org.lesionstream.trainer.architecture.violations.cycle.trainer.second.Second;

/** Breaks the rule on purpose. */
public record First(Second second) {}
