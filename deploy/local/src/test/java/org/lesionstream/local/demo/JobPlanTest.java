package org.lesionstream.local.demo;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobPlanTest {

    private static final List<Picture> PICTURES = IntStream.range(0, 7)
            .mapToObj(i -> picture("p" + i, Optional.empty()))
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
    void makesCasesOfSeveralImagesFromNeighbouringSlicesInOrderWhereThereAreVolumes() {
        List<Picture> pictures = new ArrayList<>(PICTURES);
        for (int number : List.of(9, 2, 3, 4, 6, 7, 8)) { // two stacks: 2 to 4 and 6 to 9
            pictures.add(picture("v" + number, Optional.of(new Picture.Slice("v", number))));
        }
        pictures.add(picture("w5", Optional.of(new Picture.Slice("w", 5)))); // alone

        Map<String, List<PlannedJob>> cases =
                JobPlan.of(pictures, 240, 1).stream().collect(groupingBy(PlannedJob::caseId));

        assertThat(cases.values().stream().filter(images -> images.size() > 1))
                .hasSizeGreaterThan(10)
                .allSatisfy(images -> {
                    List<Picture.Slice> slices = images.stream()
                            .sorted(Comparator.comparing(PlannedJob::image))
                            .map(job -> job.picture().slice().orElseThrow())
                            .toList();
                    int first = slices.get(0).number();
                    assertThat(slices)
                            .isEqualTo(IntStream.range(first, first + slices.size())
                                    .mapToObj(number -> new Picture.Slice("v", number))
                                    .toList());
                })
                .anyMatch(images -> images.size() == 4);
        assertThat(cases.values().stream().filter(images -> images.size() == 1))
                .extracting(images -> images.get(0).picture().name())
                .contains("p0", "w5")
                .noneMatch(name -> name.startsWith("v"));
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

    private static Picture picture(String name, Optional<Picture.Slice> slice) {
        return new Picture(name, Path.of("images/" + name + ".png"), Path.of("masks/" + name + ".png"), slice);
    }
}
