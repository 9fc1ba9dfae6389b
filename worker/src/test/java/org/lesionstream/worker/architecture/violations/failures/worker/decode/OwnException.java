package org.lesionstream.worker.architecture.violations.failures.worker.decode;

/** An exception that no policy knows. */
class OwnException extends IllegalStateException {}
