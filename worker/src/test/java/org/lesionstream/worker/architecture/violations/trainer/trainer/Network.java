package org.lesionstream.worker.architecture.violations.trainer.trainer;

/** What stands for the trainer here. */
public record Network() {}
