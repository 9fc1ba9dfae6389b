package org.lesionstream.local.architecture.violations.stack;

import org.lesionstream.local.demo.DemoOptions;

/** Breaks the rule on purpose. */
record StackThatKnowsTheDemo(DemoOptions options) {}
