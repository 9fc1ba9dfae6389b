package org.lesionstream.trainer.adopt;

/**
 * What a module from elsewhere said about some images.
 *
 * @param shape extents, images first
 * @param numbers in the order of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
record ForeignAnswer(long[] shape, float[] numbers) {}
