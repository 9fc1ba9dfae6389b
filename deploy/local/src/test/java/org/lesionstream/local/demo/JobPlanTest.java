package org.lesionstream.local.demo;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class JobPlanTest {

    private static final List<Picture> PICTURES = IntStream.range(0, 7)
            .mapToObj(i -> new Picture("p" + i, Path.of("images/p" + i + ".png"), Path.of("masks/p" + i + ".png")))
            .toList();

    private final List<PlannedJob> plan = JobPlan.of(PICTURES, 240, 1);

    @Test
    void holdsAsManyJobsAsAskedForWithOneOfEachBadKind() {
        assertThat(plan).hasSize(240);
        assertThat(plan).extracting(PlannedJob::jobId).doesNotHaveDuplicates();
        assertThat(plan.stream().filter(PlannedJob::mustFail))
                .extracting(PlannedJob::kind)
                .containsExactlyInAnyOrder(
                        JobKind.TRUNCATED, JobKind.UNKNOWN_CHECKPOINT, JobKind.INVALID_JSON, JobKind.BOMB);
    }

    @Test
    void givesEveryCaseAllItsImagesOnOneLane() {
        Map<String, List<PlannedJob>> cases = plan.stream().collect(groupingBy(PlannedJob::caseId));
        assertThat(cases.values()).allSatisfy(images -> {
            int count = images.get(0).images();
            assertThat(images).extracting(PlannedJob::images).containsOnly(count);
            assertThat(images)
                    .extracting(PlannedJob::lane)
                    .containsOnly(images.get(0).lane());
            assertThat(images)
                    .extracting(PlannedJob::image)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, count).boxed().toList());
        });
        assertThat(cases.values()).anyMatch(images -> images.size() > 1).anyMatch(images -> images.size() == 1);
    }

    @Test
    void usesBothLanesForAllThatItSendsAndSendsSomePicturesInline() {
        for (JobLane lane : JobLane.values()) {
            assertThat(plan).filteredOn(job -> job.lane() == lane).anyMatch(PlannedJob::mustFail);
            assertThat(plan).filteredOn(job -> job.lane() == lane).anyMatch(job -> job.images() > 1);
        }
        assertThat(plan).extracting(PlannedJob::kind).contains(JobKind.FILE, JobKind.INLINE);
    }

    @Test
    void holdsOneStackOfSlicesThatAllShowOnePicture() {
        List<PlannedJob> slices = plan.stream().filter(PlannedJob::slice).toList();
        assertThat(slices).hasSizeBetween(2, 5).hasSize(slices.get(0).images());
        assertThat(slices).extracting(PlannedJob::caseId).containsOnly("case-008");
        assertThat(slices)
                .extracting(PlannedJob::picture)
                .containsOnly(slices.get(0).picture());
    }

    @Test
    void isTheSameForTheSameSeedOnly() {
        assertThat(JobPlan.of(PICTURES, 240, 1)).isEqualTo(plan);
        assertThat(JobPlan.of(PICTURES, 240, 2)).isNotEqualTo(plan);
    }

    @Test
    void refusesPlansTooSmallToShowAnything() {
        assertThatThrownBy(() -> JobPlan.of(PICTURES, 19, 1)).hasMessage("jobs must be at least 20, was 19");
    }
}
