package org.lesionstream.worker.lesion;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.Region;
import org.lesionstream.schemas.lesion.ShapeMeasures;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Puts the tiles of a picture together, finds its lesions and measures them.
 *
 * <ul>
 *   <li>Equal outputs, plan, manifest and spacing give an equal report, mask bytes included.
 *   <li>Millimetres appear only where a pixel spacing is known; none is ever assumed.
 *   <li>Lesion rules decide which regions are reported and counted; the mask keeps all.
 *   <li>Stateless, hence shared by the lesion threads.
 * </ul>
 */
public final class ReportMaker {
    /** Rows of one image in one transaction; a thousand times what any real picture has. */
    private static final int MOST_LESIONS = 100_000;

    /**
     * Reports on one picture.
     *
     * @param outputs one per tile, in the order of the plan
     * @param source the picture itself, with the spacing of its pixels where known
     * @throws SegmentationException {@code CHECKPOINT_CORRUPT} if the network gave a label that the manifest does not name,
     *     {@code TOO_MANY_LESIONS} if the rules keep more than 100,000
     */
    public LesionReport make(TilePlan plan, List<TileOutput> outputs, CheckpointManifest manifest, PixelGrid source) {
        Segmentation segmentation =
                Geometry.assemble(plan, outputs, manifest.output().threshold());
        LabelMask mask = segmentation.mask();
        checkLabels(mask, manifest);
        List<Region> regions = manifest.lesionRules().apply(mask, source.spacing());
        if (regions.size() > MOST_LESIONS) {
            throw new SegmentationException(FailureCode.TOO_MANY_LESIONS, "lesion");
        }
        List<LesionStatistics> lesions =
                LesionMeasurer.measure(regions, mask, segmentation.confidence(), source.spacing(), Optional.of(source));
        byte[] png = MaskPng.encode(mask, manifest.classes().size());
        return new LesionReport(mask, png, Digest.of(png), lesions, totals(manifest, mask, lesions, source.spacing()));
    }

    private static void checkLabels(LabelMask mask, CheckpointManifest manifest) {
        int highest = manifest.classes().size(); // classes are numbered from 1
        for (byte label : mask.labels()) {
            if ((label & 0xff) > highest) {
                throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "lesion");
            }
        }
    }

    private static List<ClassTotals> totals(
            CheckpointManifest manifest,
            LabelMask mask,
            List<LesionStatistics> lesions,
            Optional<PixelSpacing> spacing) {
        return manifest.classes().stream()
                .map(segment -> total(segment, mask, lesions, spacing))
                .toList();
    }

    private static ClassTotals total(
            SegmentClass segment, LabelMask mask, List<LesionStatistics> lesions, Optional<PixelSpacing> spacing) {
        List<LesionStatistics> own = lesions.stream()
                .filter(lesion -> lesion.label() == segment.label())
                .toList();
        long pixels = own.stream().mapToLong(LesionStatistics::areaPixels).sum();
        return new ClassTotals(
                segment.label(),
                segment.name(),
                own.size(),
                pixels,
                spacing.map(known -> pixels * known.pixelSquareMillimetres()),
                (double) pixels / mask.labels().length,
                extent(own));
    }

    /** How large and how certain; nothing where there is no lesion. */
    private static Optional<ClassExtent> extent(List<LesionStatistics> own) {
        if (own.isEmpty()) {
            return Optional.empty();
        }
        List<LesionShape> shapes =
                own.stream().map(lesion -> lesion.shape().orElseThrow()).toList();
        return Optional.of(new ClassExtent(
                own.stream().mapToLong(LesionStatistics::areaPixels).max().orElseThrow(),
                largest(own.stream().map(LesionStatistics::areaSquareMillimetres)),
                largest(shapes.stream().map(shape -> Optional.of(shape.pixels().longestDiameter())))
                        .orElseThrow(),
                largest(shapes.stream().map(shape -> shape.millimetres().map(ShapeMeasures::longestDiameter))),
                meanConfidence(own),
                own.stream().flatMap(lesion -> lesion.minConfidence().stream()).min(Comparator.naturalOrder())));
    }

    private static Optional<Double> largest(Stream<Optional<Double>> values) {
        return values.flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    /** Over the pixels of all lesions: a large one counts for more. */
    private static Optional<Double> meanConfidence(List<LesionStatistics> own) {
        double sum = 0;
        long pixels = 0;
        for (LesionStatistics lesion : own) {
            if (lesion.meanConfidence().isEmpty()) {
                return Optional.empty();
            }
            sum += lesion.meanConfidence().get() * lesion.areaPixels();
            pixels += lesion.areaPixels();
        }
        return Optional.of(Math.min(1, sum / pixels));
    }
}
