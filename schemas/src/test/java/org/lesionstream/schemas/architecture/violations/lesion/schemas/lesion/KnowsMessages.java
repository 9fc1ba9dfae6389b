package org.lesionstream.schemas.architecture.violations.lesion.schemas.lesion;

import org.lesionstream.schemas.message.ClassTotals;

/** A measurement that knows the message it will travel in. */
record KnowsMessages(ClassTotals totals) {}
