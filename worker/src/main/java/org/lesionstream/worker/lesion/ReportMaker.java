package org.lesionstream.worker.lesion;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.Region;
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
     * @param spacing of the source's pixels, where known
     * @throws SegmentationException {@code CHECKPOINT_CORRUPT} if the network gave a label that the manifest does not name,
     *     {@code TOO_MANY_LESIONS} if the rules keep more than 100,000
     */
    public LesionReport make(
            TilePlan plan, List<TileOutput> outputs, CheckpointManifest manifest, Optional<PixelSpacing> spacing) {
        Segmentation segmentation =
                Geometry.assemble(plan, outputs, manifest.output().threshold());
        LabelMask mask = segmentation.mask();
        List<Region> regions = ConnectedComponents.of(mask);
        checkLabels(regions, manifest);
        List<Region> kept = manifest.lesionRules().apply(regions);
        if (kept.size() > MOST_LESIONS) {
            throw new SegmentationException(FailureCode.TOO_MANY_LESIONS, "lesion");
        }
        List<LesionStatistics> lesions = LesionMeasurer.measure(kept, mask, segmentation.confidence(), spacing);
        byte[] png = MaskPng.encode(mask, manifest.classes().size());
        return new LesionReport(mask, png, Digest.of(png), lesions, totals(manifest, mask, lesions, spacing));
    }

    private static void checkLabels(List<Region> regions, CheckpointManifest manifest) {
        int highest = manifest.classes().size(); // classes are numbered from 1
        if (regions.stream().anyMatch(region -> region.label() > highest)) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "lesion");
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
                (double) pixels / mask.labels().length);
    }
}
