package org.lesionstream.trainer.architecture.violations.training.trainer.training;

import org.lesionstream.trainer.network.UNet;

/** Breaks the rule on purpose. */
record LoopThatKnowsUNet(UNet network) {}
