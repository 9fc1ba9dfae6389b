/**
 * Turns the source that a job names into pixels.
 *
 * <p>In: {@link org.lesionstream.schemas.message.ImageSource}. Out: {@link org.lesionstream.worker.decode.DecodedImage}. A
 * source is untrusted: only allow-listed folders are read, sizes are limited while bytes are counted and before pixels are
 * decoded, formats are told by their first bytes, and every refusal is a {@link
 * org.lesionstream.worker.failure.SegmentationException} with its code and the JSON pointer of the source, never with
 * content.
 *
 * <p>{@code dicom} below it reads DICOM, as the JDK reads PNG, JPEG, TIFF and BMP, and {@code schemas} NIfTI, which the trainer reads too.
 *
 * <p>May depend on the JDK, {@code schemas} and the worker's foundations.
 */
package org.lesionstream.worker.decode;
