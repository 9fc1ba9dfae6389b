package org.lesionstream.worker.architecture.violations.quarkus.worker.batch;

import jakarta.inject.Singleton;

/** A stage that the container builds. */
@Singleton
class IsABean {}
