package org.lesionstream.worker.inference;

import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Precision;

/**
 * A version of a checkpoint as this worker runs it; with the same precision and engine, equal pictures give equal masks.
 *
 * @param digest of the manifest
 * @param precision of the file that runs here
 * @param engine name, version and device of the engine
 */
public record ServedCheckpoint(CheckpointManifest manifest, Digest digest, Precision precision, String engine) {}
