package org.lesionstream.local.architecture.violations.picocli;

import picocli.CommandLine;

/** Breaks the rule on purpose. */
record OptionsElsewhere(CommandLine line) {}
