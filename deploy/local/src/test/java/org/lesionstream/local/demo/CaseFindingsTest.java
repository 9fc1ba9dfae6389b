package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.VolumeMeasurer;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.SegmentationResult;

class CaseFindingsTest {
    private static final Optional<PixelSpacing> SPACING = Optional.of(new PixelSpacing(0.5, 0.5));

    @TempDir
    private Path folder;

    @Test
    void prefersTheCaseWithAVolumeAndTellsItsLesionsInMillimetres() throws IOException {
        PlannedJob many = job("case-1", 1, 1);
        PlannedJob lower = job("case-2", 1, 2);
        PlannedJob upper = job("case-2", 2, 2);
        Answers answers = new Answers(Examples.submission(List.of(many, lower, upper)));
        answers.take(Examples.caseResult(many, 9));
        answers.take(withVolume(Examples.caseResult(lower, 2)));
        List<ScoredImage> images =
                List.of(scored(many, Optional.empty()), scored(upper, SPACING), scored(lower, SPACING));

        CaseFindings findings = CaseFindings.choose(answers, images).orElseThrow();

        assertThat(findings.result().caseId()).isEqualTo("case-2");
        assertThat(findings.images()).extracting(image -> image.job().image()).containsExactly(1, 2);
        assertThat(findings.lines())
                .anyMatch(line ->
                        line.contains("case-2, 2 slices 2.0 mm apart, 2 lesions in the slices, 1 in the volume"))
                .anyMatch(line -> line.matches("\\s+1\\s+lesion\\s+\\d+\\.\\d mm²\\s+\\d+\\.\\d x \\d+\\.\\d mm .*"))
                .anyMatch(line -> line.matches("\\s+3-D\\s+2 slices, \\d+\\.\\d mm³, longest diameter \\d+\\.\\d mm"));
        assertThat(findings.html()).contains("mm²", "longest diameters in white", "mm³");
    }

    @Test
    void takesTheCaseWithMostLesionsWhereThereIsNoVolumeAndStaysInPixels() {
        PlannedJob few = job("case-1", 1, 1);
        PlannedJob many = job("case-2", 1, 1);
        Answers answers = new Answers(Examples.submission(List.of(few, many)));
        answers.take(Examples.caseResult(few, 1));
        answers.take(Examples.caseResult(many, 3));

        CaseFindings findings = CaseFindings.choose(
                        answers, List.of(scored(few, Optional.empty()), scored(many, Optional.empty())))
                .orElseThrow();

        assertThat(findings.result().caseId()).isEqualTo("case-2");
        assertThat(findings.lines()).anyMatch(line -> line.contains(" px ")).noneMatch(line -> line.contains("mm"));
    }

    @Test
    void hasNothingToShowWithoutALesion() {
        PlannedJob empty = job("case-1", 1, 1);
        Answers answers = new Answers(Examples.submission(List.of(empty)));
        answers.take(Examples.caseResult(empty, 0));

        assertThat(CaseFindings.choose(answers, List.of(scored(empty, SPACING))))
                .isEmpty();
    }

    private PlannedJob job(String caseId, int image, int images) {
        try {
            return new PlannedJob(
                    caseId + "-" + image,
                    caseId,
                    image,
                    images,
                    JobLane.URGENT,
                    JobKind.FILE,
                    Examples.picture(folder, caseId));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static ScoredImage scored(PlannedJob job, Optional<PixelSpacing> spacing) {
        LabelMask mask = Examples.disc(10);
        List<LesionStatistics> lesions =
                LesionMeasurer.measure(ConnectedComponents.of(mask), mask, new byte[0], spacing, Optional.empty());
        SegmentationResult without = Examples.result(job, 1);
        SegmentationResult result = new SegmentationResult(
                without.jobId(),
                without.imagingCase(),
                without.checkpoint(),
                without.precision(),
                without.engine(),
                without.image(),
                without.mask(),
                without.totals(),
                lesions,
                1,
                without.timingsMillis(),
                1,
                spacing,
                Optional.empty());
        return ScoredImage.of(job, result, mask, mask);
    }

    private static CaseResult withVolume(CaseResult result) {
        LabelMask mask = Examples.disc(10);
        VoxelSpacing voxel = new VoxelSpacing(2, SPACING.orElseThrow());
        VolumeMeasurer measurer =
                new VolumeMeasurer(2, mask.height(), mask.width(), LesionRules.ALL, Optional.of(voxel));
        measurer.add(0, mask);
        measurer.add(1, mask);
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
                List.of(),
                false,
                Optional.of(new CaseVolume(
                        2,
                        Optional.of(voxel.voxelCubicMillimetres()),
                        LesionRules.ALL,
                        new ArrayList<>(),
                        measurer.lesions(),
                        1)),
                Optional.empty());
    }
}
