package org.lesionstream.worker.decode;

/** What a source turned out to hold: one picture, decoded, or many that are still to be. */
public sealed interface SourceContent permits DecodedImage, ManyImages {}
