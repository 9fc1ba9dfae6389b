package org.lesionstream.worker.inference;

/** What networks run on. */
public enum DeviceKind {
    CPU,
    CUDA
}
