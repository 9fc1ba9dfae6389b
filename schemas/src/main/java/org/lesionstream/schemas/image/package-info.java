/**
 * What a picture is to trainer and worker, and the one place where its pixels become network input and come back as a mask.
 *
 * <p>In: encoded pictures ({@link org.lesionstream.schemas.image.PlainDecoder}) or samples that another decoder made
 * ({@link org.lesionstream.schemas.image.PixelGrid}), and the {@link org.lesionstream.schemas.image.InputSpec} of a checkpoint.
 * Out: tiles as the network wants them, and from its outputs a {@link org.lesionstream.schemas.image.Segmentation} at the size of the source.
 *
 * <p>The way there and back, in order: {@link org.lesionstream.schemas.image.Geometry#prepare},
 * {@link org.lesionstream.schemas.image.Geometry#plan}, {@link org.lesionstream.schemas.image.Tiler#cut}, the network,
 * {@link org.lesionstream.schemas.image.Geometry#assemble}.
 *
 * <p>May depend on: the JDK alone. Training, evaluation and serving see identical numbers because they run this identical code.
 */
package org.lesionstream.schemas.image;
