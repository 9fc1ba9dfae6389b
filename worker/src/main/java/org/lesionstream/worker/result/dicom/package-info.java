/**
 * Writes results as DICOM: the masks of a case as a Segmentation, its lesions as a structured report after TID 1500.
 *
 * <p>In: {@link org.lesionstream.worker.result.dicom.CaseSegmentation}, the masks and lesions of one or many pictures, each with the {@link
 * org.lesionstream.worker.result.dicom.SourceInstance} that it was made of. Out: {@link org.lesionstream.worker.result.dicom.DicomResult}, the
 * bytes of two Part 10 files. {@link org.lesionstream.worker.result.dicom.DicomResults} is the way in.
 *
 * <p>The writer, from the bottom: {@link org.lesionstream.worker.result.dicom.Attribute} what can be written, {@link
 * org.lesionstream.worker.result.dicom.Elements} a data set, {@link org.lesionstream.worker.result.dicom.ExplicitLittleEndian} its bytes, {@link
 * org.lesionstream.worker.result.dicom.PartTenFile} the file. Above it {@link org.lesionstream.worker.result.dicom.SegmentationObject} and {@link
 * org.lesionstream.worker.result.dicom.ReportObject}.
 *
 * <p>Name, number and birth date of the patient go from the source through memory into the two files. Nothing here logs, stores or
 * sends, no exception quotes a value, and every {@code toString} leaves them out. What is refused about a source is an {@link
 * org.lesionstream.schemas.image.ImageRefusedException}, what a caller got wrong an {@link java.lang.IllegalArgumentException}.
 *
 * <p>May depend on the JDK, {@code schemas} and {@code decode.dicom}.
 */
package org.lesionstream.worker.result.dicom;
