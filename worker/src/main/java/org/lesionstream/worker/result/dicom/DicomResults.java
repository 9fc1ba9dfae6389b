package org.lesionstream.worker.result.dicom;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Writes what was found in DICOM pictures as DICOM: the masks as a Segmentation (PS3.3, A.51), the lesions as a Comprehensive 3D SR after TID 1500
 * (PS3.3, A.35.13; PS3.16).
 *
 * <ul>
 *   <li>Equal input gives equal bytes: the time is passed in, and all UIDs follow from work, sources and checkpoint ({@link ResultUids}).
 *   <li>Nothing but what is given is read, nothing is stored or logged. Patient and study are those of the first image.
 *   <li>There is a segment for every class of the checkpoint, found or not, with the label as its number, and it holds every pixel of the
 *       mask. Frames without a pixel are left out; where all are, there is no segmentation, and the report says that there are 0 lesions.
 *   <li>A lesion is part of the segment of its class. Its tracking id names it as the messages do ({@code lesion 2, image 3}, or {@code lesion
 *       2} of a volume), its tracking UID is its own; both stand in the report, beside the number of the frame, or of a volume that of the
 *       segment. Lesions are counted by label and first pixel in raster order, so the id also leads to the region of the frame. Where a class
 *       has just one lesion, its segment carries both, too.
 * </ul>
 *
 * <p>Memory: about the bytes of both objects, twice.
 */
public final class DicomResults {

    private DicomResults() {}

    /**
     * Both objects of a case.
     *
     * @param created when they are made, in the local time of the archive, which is how DICOM takes a time without an offset. A job that is
     *     done again gives the same bytes if it is given the same time
     * @throws IllegalArgumentException if a lesion is reported where the masks have no pixel of its class
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the segmentation would be of more than 2 GiB
     */
    public static DicomResult of(CaseSegmentation segmentation, LocalDateTime created) {
        ResultContext context = ResultContext.of(segmentation, created);
        return new DicomResult(
                context.frames().isEmpty() ? Optional.empty() : Optional.of(SegmentationObject.of(context)),
                ReportObject.of(context),
                segmentation.images().stream()
                        .anyMatch(image -> image.instance().burnedInAnnotation()));
    }
}
