/**
 * What a checkpoint is: the contract between the trainer that writes it and the worker that serves it.
 *
 * <p>In: {@code manifest.json} and {@code aliases.json} of a store. Out: checked records, digests, the names of the files, and
 * {@link org.lesionstream.schemas.checkpoint.JsonContract}, which binds a record to its JSON Schema document, also for the messages.
 *
 * <p>May depend on: the JDK, {@code schemas.image}, {@code schemas.lesion}, Jackson and the JSON Schema validator.
 */
package org.lesionstream.schemas.checkpoint;
