package org.lesionstream.local.scale.check;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.lesionstream.local.bench.JobLog;
import org.lesionstream.local.bench.JobSender;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/** Puts jobs on the backfill lane and watches until all are answered. Confined to one thread. */
final class RealLoad implements AutoCloseable {

    private static final URI SOURCE = URI.create("urn:lesionstream:scale-sim");
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long SILENCE_LIMIT_MILLIS = 180_000;

    private final JobSender sender;
    private final AnswerReader reader;
    private final SamplePictures pictures;
    private final CheckpointReference checkpoint;
    private final RealFleet fleet;
    private final Terminal terminal;
    private final Clock clock;

    /** The topics must exist. */
    RealLoad(
            String bootstrapServers,
            SamplePictures pictures,
            CheckpointReference checkpoint,
            RealFleet fleet,
            Terminal terminal,
            Clock clock) {
        this.sender = new JobSender(SOURCE, bootstrapServers, clock);
        this.reader = new AnswerReader(bootstrapServers);
        this.pictures = pictures;
        this.checkpoint = checkpoint;
        this.fleet = fleet;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * All jobs at once.
     *
     * @param name how their ids begin
     * @param meanwhile hears how many milliseconds have passed since the jobs were published, again and again
     */
    JobLog backlog(String name, int jobs, LongConsumer meanwhile) {
        JobLog log = new JobLog();
        for (int i = 0; i < jobs; i++) {
            send(name, i, log);
        }
        sender.flush();
        long start = clock.millis();
        await(log, jobs, () -> meanwhile.accept(clock.millis() - start));
        return log;
    }

    /** One job after the other, each when the one before is answered. */
    JobLog oneByOne(String name, int jobs) {
        JobLog log = new JobLog();
        for (int i = 0; i < jobs; i++) {
            send(name, i, log);
            sender.flush();
            await(log, i + 1, () -> {});
        }
        return log;
    }

    private void send(String name, int number, JobLog log) {
        sender.send(name + "-" + number, JobLane.BACKFILL, pictures.of(number), checkpoint, log);
    }

    private void await(JobLog log, int jobs, Runnable meanwhile) {
        int heard = log.answered();
        long heardMillis = clock.millis();
        while (log.answered() < jobs) {
            reader.read(log, POLL);
            meanwhile.run();
            fleet.check();
            if (!log.refused().isEmpty()) {
                throw new IllegalStateException("A worker refused a job, so nothing was measured: "
                        + log.refused().iterator().next());
            }
            if (log.answered() > heard) {
                heard = log.answered();
                heardMillis = clock.millis();
            } else if (clock.millis() - heardMillis > SILENCE_LIMIT_MILLIS) {
                throw new IllegalStateException(
                        "No answer for " + SILENCE_LIMIT_MILLIS / 1000 + " s, " + (jobs - heard) + " are missing");
            }
            terminal.progress(log.answered(), jobs, "jobs answered");
        }
    }

    @Override
    public void close() {
        sender.close();
        reader.close();
    }
}
