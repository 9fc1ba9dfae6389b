package org.lesionstream.worker.persist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;

/** Sums up the images of a case: the same for the same images, in whatever order they were done. */
final class CaseSummary {
    private CaseSummary() {}

    /**
     * The result of a case, still without a volume.
     *
     * @param images how many images the case has
     * @param found what they contribute
     */
    static CaseResult of(CaseKey key, int images, CaseLedger.Closing closing, CaseImages found) {
        List<ImageTotals> segmented = found.segmented();
        Set<Integer> present = segmented.stream().map(ImageTotals::image).collect(Collectors.toSet());
        List<ClassTotals> totals = totals(segmented);
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
                found.deadLetters().stream().sorted().toList(),
                closing.byTime(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<ClassTotals> totals(List<ImageTotals> segmented) {
        long pixels = segmented.stream().mapToLong(ImageTotals::pixels).sum();
        TreeMap<Integer, List<ClassTotals>> byLabel = new TreeMap<>();
        segmented.forEach(image -> image.classes()
                .forEach(each -> byLabel.computeIfAbsent(each.label(), label -> new ArrayList<>())
                        .add(each)));
        return byLabel.values().stream().map(same -> total(same, pixels)).toList();
    }

    private static ClassTotals total(List<ClassTotals> same, long pixels) {
        long area = same.stream().mapToLong(ClassTotals::areaPixels).sum();
        return new ClassTotals(
                same.get(0).label(),
                same.get(0).name(),
                same.stream().mapToInt(ClassTotals::lesions).sum(),
                area,
                every(same, ClassTotals::areaSquareMillimetres)
                        .map(areas ->
                                areas.stream().mapToDouble(Double::doubleValue).sum()),
                (double) area / pixels,
                extent(same));
    }

    /** Absent where there is no lesion, or where one image's lesions were not measured so. */
    private static Optional<ClassExtent> extent(List<ClassTotals> same) {
        List<ClassTotals> found =
                same.stream().filter(each -> each.lesions() > 0).toList();
        return every(found, ClassTotals::extent)
                .filter(extents -> !extents.isEmpty())
                .map(extents -> new ClassExtent(
                        extents.stream()
                                .mapToLong(ClassExtent::largestAreaPixels)
                                .max()
                                .orElseThrow(),
                        every(extents, ClassExtent::largestAreaSquareMillimetres)
                                .flatMap(CaseSummary::largest),
                        extents.stream()
                                .mapToDouble(ClassExtent::longestDiameterPixels)
                                .max()
                                .orElseThrow(),
                        every(extents, ClassExtent::longestDiameterMillimetres).flatMap(CaseSummary::largest),
                        every(extents, ClassExtent::meanConfidence).map(means -> mean(means, found)),
                        every(extents, ClassExtent::minConfidence)
                                .flatMap(least -> least.stream().min(Comparator.naturalOrder()))));
    }

    private static Optional<Double> largest(List<Double> values) {
        return values.stream().max(Comparator.naturalOrder());
    }

    /** Over the pixels of all images: an image with much counts for more. */
    private static double mean(List<Double> means, List<ClassTotals> found) {
        double sum = 0;
        long pixels = 0;
        for (int i = 0; i < means.size(); i++) {
            sum += means.get(i) * found.get(i).areaPixels();
            pixels += found.get(i).areaPixels();
        }
        return Math.min(1, sum / pixels);
    }

    /** One value per element, or nothing if any has none: a value of some images looks like one of all. */
    private static <E, V> Optional<List<V>> every(List<E> elements, Function<E, Optional<V>> value) {
        List<V> values = elements.stream().map(value).flatMap(Optional::stream).toList();
        return values.size() == elements.size() ? Optional.of(values) : Optional.empty();
    }
}
