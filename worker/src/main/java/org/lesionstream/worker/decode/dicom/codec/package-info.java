/**
 * Turns one coded frame of DICOM pixel data into samples.
 *
 * <p>In: the bytes of a frame and the {@link org.lesionstream.worker.decode.dicom.codec.FrameLayout} that the data set states. Out: samples in
 * that layout. One interface, {@link org.lesionstream.worker.decode.dicom.codec.PixelCodec}, so that a library can take the place of a codec or
 * add one; {@link org.lesionstream.worker.decode.dicom.codec.PixelCodecs} finds it.
 *
 * <p>Every codec compares the size in its own header with the layout before it takes memory, ends when its bytes end, and refuses by {@link
 * org.lesionstream.schemas.image.ImageRefusedException} alone. It looks at the clock with each row and stops when the time of its picture is over; a
 * library that cannot be stopped runs in a process that can, see {@code Jpeg2000Process}.
 *
 * <p>May depend on the JDK and {@code schemas.image} alone.
 */
package org.lesionstream.worker.decode.dicom.codec;
