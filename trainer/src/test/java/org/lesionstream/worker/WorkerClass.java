package org.lesionstream.worker;

/** Stands for the worker in the test of a rule; the trainer has none on its path. */
public final class WorkerClass {}
