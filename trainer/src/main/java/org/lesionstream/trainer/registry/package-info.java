/**
 * Versions of checkpoints: published once, never changed, found by reference.
 *
 * <p>In: files written by an exporter, movements of aliases, notes. Out: folders of a store as {@code
 * org.lesionstream.schemas.checkpoint} describes them, with every digest verified. {@link
 * org.lesionstream.trainer.registry.CheckpointStorage} is all that is asked of whatever keeps the bytes. May depend on the JDK and schemas only.
 */
package org.lesionstream.trainer.registry;
