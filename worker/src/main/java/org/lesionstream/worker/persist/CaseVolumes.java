package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.lesion.VolumeMeasurer;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.schemas.message.VolumeRefusal;
import org.lesionstream.schemas.message.VolumeTotals;

/**
 * Gives closed cases of slices their volume, measured from the stored masks.
 *
 * <ul>
 *   <li>Runs after the closing is committed, so no row of a case is locked while masks are read.
 *   <li>A revision rests on the jobs that it names: measured later, after a crash or by another worker, it comes out the same.
 *       The first one that is done stays, and is what everybody publishes.
 *   <li>Slices are read a few at a time; a case of any length fits into memory.
 *   <li>Where the images make no volume, the result says why.
 * </ul>
 */
final class CaseVolumes {
    private static final int MOST_LESIONS = 100_000;

    private static final Comparator<VolumeLesion> LARGEST_FIRST =
            Comparator.comparingLong(VolumeLesion::voxels).reversed().thenComparingInt(VolumeLesion::index);

    private final Database database;
    private final MessageCodec codec;

    CaseVolumes(Database database, MessageCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    /** The revision with its volume, or with the reason why it has none. */
    CaseResultTable.Row complete(CaseResultTable.Row pending) {
        Measured measured = database.inTransaction(connection -> measure(connection, pending.jobs()));
        CaseResult without = codec.readCaseResult(pending.message());
        CaseResult complete = measured.refusal().isPresent()
                ? with(without, Optional.empty(), measured.refusal())
                : with(without, Optional.of(volume(measured, without.totals())), Optional.empty());
        return database.inTransaction(connection -> {
            if (CaseResultTable.complete(connection, pending, codec.write(complete))) {
                VolumeLesionTable.insert(connection, pending.key(), pending.revision(), measured.lesions());
            }
            return CaseResultTable.find(connection, pending.key(), pending.revision())
                    .orElseThrow(() -> new SQLException("a case was dropped while it was measured", "02000"));
        });
    }

    /** Lesions of a stack, or why there is none. */
    private record Measured(
            Optional<SliceStack> stack,
            LesionRules rules,
            List<VolumeLesion> lesions,
            Optional<VolumeRefusal> refusal) {
        static Measured refused(VolumeRefusal refusal) {
            return new Measured(Optional.empty(), LesionRules.ALL, List.of(), Optional.of(refusal));
        }
    }

    private Measured measure(Connection connection, List<String> jobs) throws SQLException {
        List<SliceStack.Slice> slices = VolumeSource.slices(connection, jobs);
        Optional<VolumeRefusal> refusal = SliceStack.refusal(slices);
        if (refusal.isPresent()) {
            return Measured.refused(refusal.get());
        }
        SegmentationResult first = codec.readResult(VolumeSource.result(connection, jobs.get(0)));
        LesionRules rules = first.lesionRules().orElse(LesionRules.ALL);
        SliceStack stack = SliceStack.of(slices);
        VolumeMeasurer measurer =
                new VolumeMeasurer(first.imagingCase().images(), stack.height(), stack.width(), rules, stack.spacing());
        try {
            int masks =
                    VolumeSource.masks(connection, jobs, (image, png) -> measurer.add(image - 1, MaskPng.decode(png)));
            if (masks < jobs.size()) {
                return Measured.refused(VolumeRefusal.MASKS_UNAVAILABLE);
            }
        } catch (ImageRefusedException damaged) {
            return Measured.refused(VolumeRefusal.MASKS_UNAVAILABLE);
        }
        List<VolumeLesion> lesions = measurer.lesions();
        return lesions.size() > MOST_LESIONS
                ? Measured.refused(VolumeRefusal.TOO_MANY_LESIONS)
                : new Measured(Optional.of(stack), rules.ofVolume(stack.spacing()), lesions, Optional.empty());
    }

    private static CaseVolume volume(Measured measured, List<ClassTotals> classes) {
        SliceStack stack = measured.stack().orElseThrow();
        List<VolumeLesion> lesions = measured.lesions();
        return new CaseVolume(
                stack.sliceSpacing(),
                stack.spacing().map(VoxelSpacing::voxelCubicMillimetres),
                measured.rules(),
                classes.stream()
                        .map(each -> totals(each, lesions, stack.spacing().isPresent()))
                        .toList(),
                lesions.stream()
                        .sorted(LARGEST_FIRST)
                        .limit(SegmentationResult.MAX_LESIONS)
                        .toList(),
                lesions.size());
    }

    private static VolumeTotals totals(ClassTotals segment, List<VolumeLesion> lesions, boolean measured) {
        List<VolumeLesion> own = lesions.stream()
                .filter(lesion -> lesion.label() == segment.label())
                .toList();
        return new VolumeTotals(
                segment.label(),
                segment.name(),
                own.size(),
                own.stream().mapToLong(VolumeLesion::voxels).sum(),
                measured
                        ? Optional.of(own.stream()
                                .mapToDouble(lesion ->
                                        lesion.volumeCubicMillimetres().orElseThrow())
                                .sum())
                        : Optional.empty(),
                own.stream().mapToLong(VolumeLesion::voxels).max().orElse(0),
                own.stream()
                        .flatMap(lesion -> lesion.longestDiameterMillimetres().stream())
                        .max(Comparator.naturalOrder()));
    }

    private static CaseResult with(CaseResult result, Optional<CaseVolume> volume, Optional<VolumeRefusal> refusal) {
        return new CaseResult(
                result.caseId(),
                result.reference(),
                result.checkpoint(),
                result.revision(),
                result.images(),
                result.missing(),
                result.complete(),
                result.totals(),
                result.lesionCount(),
                result.closingJobId(),
                result.deadLetters(),
                result.closedByTime(),
                volume,
                refusal);
    }
}
