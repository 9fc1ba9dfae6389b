package org.lesionstream.worker.result.dicom;

import java.util.Optional;

/**
 * A finished case for an archive.
 *
 * @param segmentation the masks; absent where no pixel of any of them is foreground
 * @param report the measured lesions, or that there are none
 * @param burnedInAnnotation whether a source says that its pixels show text. The masks never do; a picture of them over the source would
 */
public record DicomResult(Optional<DicomObject> segmentation, DicomObject report, boolean burnedInAnnotation) {}
