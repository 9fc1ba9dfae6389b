/**
 * Runs tiles through the network of a checkpoint.
 *
 * <p>In: tiles as plain bytes and the digest of a checkpoint. Out: {@link org.lesionstream.schemas.image.TileOutput}, plain
 * bytes as well; native memory lives and dies in here, one scope per batch. Also here: which versions the references of jobs
 * mean, which of them are loaded, verified and warm, and who is to blame when a batch fails.
 *
 * <p>The only package that knows the engine. May depend on the JDK, DJL, {@code schemas} and the worker's foundations.
 */
package org.lesionstream.worker.inference;
