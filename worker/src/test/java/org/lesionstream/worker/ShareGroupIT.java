package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.worker.testing.PackagedSystem;

/** More packaged workers than partitions, one of which is killed and one stopped while they have work. */
class ShareGroupIT {
    private static final List<String> IDS =
            IntStream.range(0, 900).mapToObj(i -> "job-" + i).toList();
    private static final Pattern POLLED =
            Pattern.compile("lesionstream_messages_polled\\S*total\\{[^}]*lane=\"urgent\"[^}]*} (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void allWorkersHaveWorkFromOnePartitionAndNothingIsLostWhenTheyEnd() throws Exception {
        Map<String, String> settings = Map.of(
                "LESIONSTREAM_KAFKA_GROUP_KIND", "share-group",
                "LESIONSTREAM_TOPICS_PARTITIONS", "1",
                "LESIONSTREAM_INTAKE_MAX_IN_FLIGHT", "16");
        try (PackagedSystem system = PackagedSystem.start(folder, settings)) {
            List<WorkerProcess> workers = List.of(system.worker(), system.startWorker(), system.startWorker());
            Path image = system.picture("shared.png", 2);
            for (String id : IDS) {
                system.submit(id, PackagedSystem.job(id, id, 1, 1, image));
            }
            for (WorkerProcess worker : workers) {
                awaitWork(worker);
            }
            workers.get(1).kill();
            assertThat(workers.get(2).stop()).isEqualTo(143);

            for (String id : IDS) {
                system.answers().await(id + "#0", SOON);
            }
            assertThat(IDS).allSatisfy(id -> assertThat(system.answers().copies(id + "#0"))
                    .as("however often it was answered, it was the same")
                    .containsOnly(system.answers().copies(id + "#0").get(0)));
        }
    }

    private static void awaitWork(WorkerProcess worker) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (polled(worker) == 0) {
            assertThat(System.nanoTime()).as("a worker has no work").isLessThan(deadline);
        }
    }

    private static double polled(WorkerProcess worker) {
        return POLLED.matcher(worker.metrics())
                .results()
                .map(MatchResult::group)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
