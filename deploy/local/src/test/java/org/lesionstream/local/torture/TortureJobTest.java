package org.lesionstream.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class TortureJobTest {

    private final List<TortureJob> plan = TortureJob.plan(2000, 12, 5);

    @Test
    void plansFollowFromTheirSeed() {
        assertThat(plan).isEqualTo(TortureJob.plan(2000, 12, 5)).isNotEqualTo(TortureJob.plan(2000, 12, 6));
    }

    @Test
    void everyJobIsThereAndSomeTwice() {
        Map<String, Long> messages =
                plan.stream().collect(Collectors.groupingBy(TortureJob::jobId, Collectors.counting()));

        assertThat(messages).hasSize(2000);
        assertThat(messages.values()).contains(1L, 2L).allMatch(count -> count <= 2);
    }

    @Test
    void casesAreWholeSoThatEachCanBeClosed() {
        plan.stream()
                .filter(job -> job.kind() != TortureJob.Kind.UNREADABLE)
                .collect(Collectors.groupingBy(job -> job.imagingCase().id() + job.checkpoint()))
                .forEach((name, jobs) -> assertThat(jobs.stream()
                                .map(job -> job.imagingCase().image())
                                .distinct())
                        .as(name)
                        .hasSize(jobs.get(0).imagingCase().images()));
    }

    @Test
    void holdsEveryKindOnBothLanesAndStacks() {
        assertThat(plan).extracting(TortureJob::kind).contains(TortureJob.Kind.values());
        assertThat(plan).extracting(TortureJob::lane).contains(JobLane.values());
        assertThat(plan).anyMatch(TortureJob::slice);
    }
}
