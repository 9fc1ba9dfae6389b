package org.lesionstream.worker.decode;

import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * The pixels of a source and the identity of the bytes they came from.
 *
 * @param sha256 of the encoded bytes; of several channels: of their digests, 32 bytes each, one after the other
 */
public record DecodedImage(PixelGrid grid, Digest sha256) implements SourceContent {}
