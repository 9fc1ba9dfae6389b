package org.lesionstream.worker.architecture.violations.pure.worker.batch;

import org.jboss.logging.Logger;

/** Thinking that does something else besides. */
record LogsByItself(Logger log) {}
