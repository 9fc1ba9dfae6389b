package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.worker.testing.PackagedSystem;

/** A packaged worker that is told to end while it has all it can hold in hand. */
class DrainIT {
    private static final int JOBS = 1000;
    private static final List<String> IDS =
            IntStream.range(0, JOBS).mapToObj(i -> "job-" + i).toList();
    private static final Pattern BEGIN = Pattern.compile("Draining: (\\d+) messages in flight, at most (\\d+) s");
    private static final Pattern END =
            Pattern.compile("Drained: (\\d+) messages finished, (\\d+) handed back to the group");

    @TempDir
    private Path folder;

    @Test
    void finishesWhatItHasAndLeavesTheRestToTheNextWorker() throws Exception {
        try (PackagedSystem system = PackagedSystem.start(folder, Map.of())) {
            String log = endUnderLoad(system);

            int inFlight = number(BEGIN, log, 1);
            assertThat(inFlight).as("it was busy").isGreaterThan(50);
            assertThat(number(END, log, 1)).isGreaterThanOrEqualTo(inFlight);
            assertThat(number(END, log, 2)).isZero();
            assertThat(answered(system))
                    .as("there is more than a drain finishes")
                    .isLessThan(JOBS);
            assertNothingIsLostOrDoubled(system);
        }
    }

    @Test
    void handsBackWhatTheDrainTimeDoesNotSufficeFor() throws Exception {
        try (PackagedSystem system = PackagedSystem.start(folder, Map.of("LESIONSTREAM_LIFECYCLE_DRAIN", "1ms"))) {
            String log = endUnderLoad(system);

            assertThat(number(END, log, 2)).isPositive();
            assertNothingIsLostOrDoubled(system);
        }
    }

    /** Lets a worker begin on a full topic, and gives the log of its end. */
    private String endUnderLoad(PackagedSystem system) throws Exception {
        system.worker().stop();
        Path image = system.picture("load.png", 2);
        for (String id : IDS) {
            system.submit(id, PackagedSystem.job(id, id, 1, 1, image));
        }
        system.startWorker();
        system.answers().awaitMatching("job-.*", SOON);
        assertThat(system.worker().stop()).isEqualTo(143);
        return Files.readString(folder.resolve("worker-1.log"));
    }

    private static long answered(PackagedSystem system) {
        system.answers().read();
        return IDS.stream()
                .filter(id -> !system.answers().copies(id + "#0").isEmpty())
                .count();
    }

    private static void assertNothingIsLostOrDoubled(PackagedSystem system) {
        system.startWorker();
        for (String id : IDS) {
            system.answers().await(id + "#0", SOON);
            assertThat(system.answers().copies(id + "#0")).hasSize(1);
        }
    }

    private static int number(Pattern pattern, String log, int group) {
        MatchResult found = pattern.matcher(log).results().findFirst().orElseThrow(() -> new AssertionError(log));
        return Integer.parseInt(found.group(group));
    }
}
