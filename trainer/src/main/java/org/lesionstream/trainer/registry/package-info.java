/**
 * Versions of checkpoints: published once, never changed, found by reference.
 *
 * <p>In: files written by an exporter, and movements of aliases. Out: folders of a store as {@code
 * org.lesionstream.schemas.checkpoint} describes them, with every digest verified. May depend on the JDK and schemas only.
 */
package org.lesionstream.trainer.registry;
