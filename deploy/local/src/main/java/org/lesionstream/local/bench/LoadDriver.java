package org.lesionstream.local.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Puts a load on the worker and watches until every job is answered.
 *
 * <ul>
 *   <li>Jobs go out when they are due, also while answers are read; everything happens on the calling thread.
 *   <li>A worker that publishes no answers is believed by its counter of finished jobs.
 *   <li>Ends with a failure when the worker ends, refuses a job or says nothing for {@link #SILENCE_LIMIT}.
 * </ul>
 */
final class LoadDriver {

    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(3);
    private static final Duration LONGEST_POLL = Duration.ofMillis(50);
    private static final long SAMPLE_MILLIS = 500;

    private final WorkerProcess worker;
    private final ProcessProbe probe;
    private final JobSender sender;
    private final AnswerReader reader;
    private final SamplePictures pictures;
    private final Asked usual;
    private final boolean answersArePublished;
    private final Terminal terminal;
    private final Clock clock;

    LoadDriver(
            WorkerProcess worker,
            JobSender sender,
            AnswerReader reader,
            SamplePictures pictures,
            CheckpointReference checkpoint,
            boolean answersArePublished,
            Terminal terminal,
            Clock clock) {
        this.worker = worker;
        this.probe = new ProcessProbe(worker.pid());
        this.sender = sender;
        this.reader = reader;
        this.pictures = pictures;
        this.usual = Asked.inTurn(checkpoint);
        this.answersArePublished = answersArePublished;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The worker's metrics now. */
    MetricsSnapshot metrics() {
        return MetricsSnapshot.parse(worker.metrics());
    }

    /** Processor time of a worker that has nothing to do, in milliseconds per second by role of thread. */
    Map<ThreadRole, Double> rest(Duration time) {
        Watch watch = new Watch();
        while (clock.millis() - watch.startMillis < time.toMillis()) {
            reader.read(watch.log, LONGEST_POLL);
        }
        double seconds = (clock.millis() - watch.startMillis) / 1000.0;
        Map<ThreadRole, Double> perSecond = watch.cpuMillis();
        perSecond.replaceAll((role, millis) -> millis / seconds);
        return perSecond;
    }

    /** One job after the other, each when the one before is answered; the lanes take turns. */
    LoadResult oneByOne(String name, int jobs) {
        Watch watch = new Watch();
        for (int i = 0; i < jobs; i++) {
            JobLane lane = i % 2 == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            Departure departure = new Departure(0, lane, i / 2); // both lanes get the same pictures
            send(name, departure, "-" + i, usual, watch.log);
            sender.flush();
            while (watch.finished() <= i) {
                reader.read(watch.log, LONGEST_POLL);
                watch.look(i + 1, jobs);
            }
        }
        return watch.result();
    }

    /** Jobs as they are due, whatever became of earlier ones. */
    LoadResult asDue(String name, List<Departure> departures) {
        return asDue(name, departures, usual);
    }

    /** @param asked what the jobs ask for */
    LoadResult asDue(String name, List<Departure> departures, Asked asked) {
        Watch watch = new Watch();
        int next = 0;
        while (watch.finished() < departures.size()) {
            long now = clock.millis() - watch.startMillis;
            while (next < departures.size() && departures.get(next).atMillis() <= now) {
                send(name, departures.get(next), "", asked, watch.log);
                next++;
            }
            long untilNext = next < departures.size() ? departures.get(next).atMillis() - now : Long.MAX_VALUE;
            reader.read(watch.log, Duration.ofMillis(Math.min(LONGEST_POLL.toMillis(), Math.max(1, untilNext))));
            watch.look(next, departures.size());
        }
        return watch.result();
    }

    private void send(String name, Departure departure, String more, Asked asked, JobLog log) {
        int number = departure.number();
        String jobId = name + "-" + number + more;
        if (asked.isDamaged(number)) {
            log.toBeRefused(jobId);
        }
        sender.send(jobId, departure.lane(), asked.picture(number, pictures), asked.checkpoint(number), log);
    }

    /** What is written down while a load runs. */
    private final class Watch {
        private final JobLog log = new JobLog();
        private final List<MetricsSnapshot> snapshots = new ArrayList<>();
        private final Map<ThreadRole, Double> cpuBefore = probe.cpuMillis();
        private final long startMillis;
        private double residentAtTenth = Double.NaN;
        private long sampledMillis;
        private int heard;
        private long heardMillis;

        Watch() {
            snapshots.add(metrics());
            startMillis = clock.millis();
            heardMillis = startMillis;
            sampledMillis = startMillis;
        }

        int finished() {
            return answersArePublished
                    ? log.answered()
                    : (int) snapshots
                            .get(snapshots.size() - 1)
                            .since(snapshots.get(0))
                            .sum("lesionstream_jobs_total");
        }

        void look(int sent, int all) {
            long now = clock.millis();
            if (now - sampledMillis >= SAMPLE_MILLIS) {
                sampledMillis = now;
                snapshots.add(metrics());
            }
            int finished = finished();
            if (finished > heard) {
                heard = finished;
                heardMillis = now;
            }
            if (Double.isNaN(residentAtTenth) && finished * 10 >= all) {
                residentAtTenth = probe.residentMebibytes();
            }
            check(sent > finished && now - heardMillis > SILENCE_LIMIT.toMillis(), finished, all);
            terminal.progress(finished, all, "jobs answered");
        }

        private void check(boolean silent, int finished, int all) {
            if (!log.refused().isEmpty()) {
                throw new IllegalStateException("The worker refused jobs, so nothing was measured: "
                        + log.refused().iterator().next() + " and "
                        + (log.refused().size() - 1) + " more."
                        + worker.logEnd());
            }
            if (!worker.isAlive()) {
                throw new IllegalStateException("The worker ended while jobs were open." + worker.logEnd());
            }
            if (silent) {
                throw new IllegalStateException("No answer for " + SILENCE_LIMIT.toSeconds() + " s, " + (all - finished)
                        + " are missing." + worker.logEnd());
            }
        }

        LoadResult result() {
            sender.flush();
            long end =
                    answersArePublished ? log.answers().get(log.answered() - 1).atMillis() : sampledMillis;
            snapshots.add(metrics());
            return new LoadResult(
                    log,
                    (end - log.firstSentAtMillis()) / 1000.0,
                    snapshots,
                    cpuMillis(),
                    residentAtTenth,
                    probe.residentMebibytes());
        }

        /** Processor time since the load began, by role of thread. */
        private Map<ThreadRole, Double> cpuMillis() {
            Map<ThreadRole, Double> cpu = new EnumMap<>(ThreadRole.class);
            probe.cpuMillis().forEach((role, millis) -> cpu.put(role, millis - cpuBefore.getOrDefault(role, 0.0)));
            return cpu;
        }
    }
}
