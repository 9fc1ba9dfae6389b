package org.lesionstream.schemas.architecture.violations.cycle.schemas.first;

import org.lesionstream.schemas.architecture.violations.cycle.schemas.second.Second;

/** Knows Second, which knows this. */
public record First(Second second) {}
