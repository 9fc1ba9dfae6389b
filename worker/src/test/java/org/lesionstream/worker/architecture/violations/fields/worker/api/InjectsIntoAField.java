package org.lesionstream.worker.architecture.violations.fields.worker.api;

import jakarta.inject.Inject;

/** A resource that cannot be built by hand. */
class InjectsIntoAField {
    @Inject
    Runnable collaborator;
}
