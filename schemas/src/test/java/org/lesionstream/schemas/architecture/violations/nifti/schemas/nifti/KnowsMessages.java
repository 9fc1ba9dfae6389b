package org.lesionstream.schemas.architecture.violations.nifti.schemas.nifti;

import org.lesionstream.schemas.message.SlicePosition;

/** A volume that knows how places travel. */
record KnowsMessages(SlicePosition position) {}
