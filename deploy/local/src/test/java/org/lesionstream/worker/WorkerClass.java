package org.lesionstream.worker;

/** Stands for the classes of the worker, which are not on the class path of this module. */
public record WorkerClass() {}
