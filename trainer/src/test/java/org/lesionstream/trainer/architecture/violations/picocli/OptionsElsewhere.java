package org.lesionstream.trainer.architecture.violations.picocli;

import picocli.CommandLine;

/** Breaks the rule on purpose. */
record OptionsElsewhere(CommandLine line) {}
