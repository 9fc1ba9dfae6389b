package org.lesionstream.worker.lesion;

import java.util.List;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.ClassTotals;

/**
 * What was found in one picture.
 *
 * @param mask at the size of the source; holds every pixel that the network marked, also where it is too small to be a lesion
 * @param png the mask as PNG; owned by the report, nobody writes to it any more
 * @param maskDigest of {@code png}
 * @param lesions by label, then by first pixel in raster order
 * @param totals one per class of the checkpoint, in its order, also where nothing was found
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; nobody compares reports
public record LesionReport(
        LabelMask mask, byte[] png, Digest maskDigest, List<LesionStatistics> lesions, List<ClassTotals> totals) {

    public LesionReport {
        lesions = List.copyOf(lesions);
        totals = List.copyOf(totals);
    }
}
