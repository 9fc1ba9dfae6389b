package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.VolumeLesion;

/**
 * A lesion as the report tells it.
 *
 * @param label its class
 * @param trackingId names it for people, as the messages number it
 * @param trackingUid names it for programs
 * @param measures what was measured
 * @param images those that show it; one unless it is a volume
 * @param volume whether it was measured over all slices
 */
record ReportedLesion(
        int label,
        String trackingId,
        String trackingUid,
        List<Measure> measures,
        List<SegmentedImage> images,
        boolean volume) {

    /** Those of the volume where there is one, else those of all images; each checked to be in the masks. */
    static List<ReportedLesion> of(CaseSegmentation work, SegmentFrames frames, ResultUids uids) {
        Optional<List<VolumeLesion>> volume = work.volumeLesions();
        if (volume.isPresent()) {
            return volume.get().stream()
                    .map(lesion -> of(lesion, work, frames, uids))
                    .toList();
        }
        List<ReportedLesion> lesions = new ArrayList<>();
        for (SegmentedImage image : work.images()) {
            for (LesionStatistics lesion : image.lesions()) {
                frames.number(lesion.label(), image); // checks that it is there
                lesions.add(new ReportedLesion(
                        lesion.label(),
                        "lesion " + lesion.index() + ", image " + image.image(),
                        uids.of("lesion", image.image(), lesion.index()),
                        Measure.of(lesion),
                        List.of(image),
                        false));
            }
        }
        return List.copyOf(lesions);
    }

    private static ReportedLesion of(
            VolumeLesion lesion, CaseSegmentation work, SegmentFrames frames, ResultUids uids) {
        List<SegmentedImage> images = work.images().stream()
                .filter(image -> image.image() > lesion.minSlice() && image.image() <= lesion.maxSlice())
                .filter(image -> frames.has(lesion.label(), image))
                .toList();
        if (images.isEmpty()) {
            throw new IllegalArgumentException(
                    "masks must show what is reported, had no pixel of volume lesion " + lesion.index());
        }
        return new ReportedLesion(
                lesion.label(),
                "lesion " + lesion.index(),
                uids.of("volume lesion", lesion.index()),
                Measure.of(lesion),
                images,
                true);
    }
}
