package org.lesionstream.schemas.architecture.violations.image.schemas.image;

import org.lesionstream.schemas.lesion.LesionRules;

/** A picture value that knows what a lesion is. */
record KnowsLesions(LesionRules rules) {}
