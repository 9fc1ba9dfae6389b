package org.lesionstream.trainer.architecture.violations.network.trainer.network;

import java.nio.file.Path;

/** Breaks the rule on purpose. */
record NetworkThatReadsFiles(Path weights) {}
