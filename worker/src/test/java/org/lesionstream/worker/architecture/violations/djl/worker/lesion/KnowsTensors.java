package org.lesionstream.worker.architecture.violations.djl.worker.lesion;

import ai.djl.ndarray.types.Shape;

/** A tensor outside of inference. */
record KnowsTensors(Shape shape) {}
