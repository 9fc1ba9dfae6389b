package org.lesionstream.worker.architecture.violations.trainer.worker.inference;

import org.lesionstream.worker.architecture.violations.trainer.trainer.Network;

/** A worker that knows a network. */
record KnowsTheTrainer(Network network) {}
