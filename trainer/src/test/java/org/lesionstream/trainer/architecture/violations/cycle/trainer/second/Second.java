package org.lesionstream.trainer.architecture.violations.cycle.trainer.second;

import org.lesionstream.trainer.architecture.violations.cycle.trainer.first.First;

/** Breaks the rule on purpose. */
public record Second(First first) {}
