package org.lesionstream.schemas.architecture.violations.json.schemas.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A picture value that knows its JSON. */
record PrintsItself(@JsonProperty("w") int width) {}
