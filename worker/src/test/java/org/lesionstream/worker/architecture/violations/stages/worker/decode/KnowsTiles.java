package org.lesionstream.worker.architecture.violations.stages.worker.decode;

import org.lesionstream.worker.architecture.violations.stages.worker.tile.Tile;

/** A stage that knows another stage. */
record KnowsTiles(Tile tile) {}
