/**
 * Reads DICOM (PS3.5, PS3.10): from the bytes of a file to stored values and to pictures with their spacing.
 *
 * <p>In: bytes of a Part 10 file or of a bare data set. Out: {@link org.lesionstream.worker.decode.dicom.DicomPicture}, and from it
 * {@link org.lesionstream.schemas.image.PixelGrid}. The way, in order: {@link org.lesionstream.worker.decode.dicom.DicomFile} finds the
 * transfer syntax, {@link org.lesionstream.worker.decode.dicom.DataSetReader} walks the elements, {@link
 * org.lesionstream.worker.decode.dicom.PixelCodec} decodes a frame, {@link org.lesionstream.worker.decode.dicom.GreyGrid} and {@link
 * org.lesionstream.worker.decode.dicom.ColourGrid} make pictures of it.
 *
 * <p>A file is untrusted. Every length is compared with the bytes that are left, sizes with the limits before anything is allocated, and
 * every refusal is an {@link org.lesionstream.schemas.image.ImageRefusedException} whose text holds tags and numbers of the pixel
 * description. Only the attributes in {@link org.lesionstream.worker.decode.dicom.Tag} are kept while reading: those of a patient are
 * stepped over. {@link org.lesionstream.worker.decode.dicom.DicomHeader} alone keeps more, for who asks for it by tag.
 *
 * <p>May depend on the JDK and {@code schemas.image} alone.
 */
package org.lesionstream.worker.decode.dicom;
