package org.lesionstream.worker.persist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.ClassTotals;

/**
 * What one segmented image contributes to its case.
 *
 * @param image number of the image
 * @param pixels of the image
 */
record ImageTotals(int image, CheckpointIdentity checkpoint, long pixels, List<ClassTotals> classes) {
    ImageTotals {
        classes = List.copyOf(classes);
    }

    /**
     * The result of a case, the same for the same images in whatever order they were done.
     *
     * @param segmented the contributions by ascending image, one per image that has a mask
     */
    static CaseResult sum(CaseKey key, int images, CaseLedger.Closing closing, List<ImageTotals> segmented) {
        Set<Integer> present = segmented.stream().map(ImageTotals::image).collect(Collectors.toSet());
        List<ClassTotals> totals = sum(segmented);
        List<Integer> missing = IntStream.rangeClosed(1, images)
                .filter(image -> !present.contains(image))
                .boxed()
                .toList();
        return new CaseResult(
                key.caseId(),
                key.checkpoint(),
                segmented.stream().findFirst().map(ImageTotals::checkpoint),
                closing.revision(),
                images,
                missing,
                missing.isEmpty(),
                totals,
                totals.stream().mapToInt(ClassTotals::lesions).sum(),
                closing.jobId(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static List<ClassTotals> sum(List<ImageTotals> segmented) {
        long pixels = segmented.stream().mapToLong(ImageTotals::pixels).sum();
        TreeMap<Integer, List<ClassTotals>> byLabel = new TreeMap<>();
        segmented.forEach(image -> image.classes()
                .forEach(each -> byLabel.computeIfAbsent(each.label(), label -> new ArrayList<>())
                        .add(each)));
        return byLabel.values().stream().map(same -> sum(same, pixels)).toList();
    }

    private static ClassTotals sum(List<ClassTotals> same, long pixels) {
        long area = same.stream().mapToLong(ClassTotals::areaPixels).sum();
        // One image of unknown spacing makes the sum unknown: a partial area looks like an area.
        boolean measured =
                same.stream().allMatch(each -> each.areaSquareMillimetres().isPresent());
        return new ClassTotals(
                same.get(0).label(),
                same.get(0).name(),
                same.stream().mapToInt(ClassTotals::lesions).sum(),
                area,
                measured
                        ? Optional.of(same.stream()
                                .mapToDouble(
                                        each -> each.areaSquareMillimetres().orElseThrow())
                                .sum())
                        : Optional.empty(),
                (double) area / pixels,
                Optional.empty());
    }
}
