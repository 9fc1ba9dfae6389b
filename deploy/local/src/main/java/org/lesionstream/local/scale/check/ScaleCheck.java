package org.lesionstream.local.scale.check;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.bench.JobLog;
import org.lesionstream.local.bench.MetricsSnapshot;
import org.lesionstream.local.report.Percentiles;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.local.scale.model.Backlog;
import org.lesionstream.local.scale.model.FleetFacts;
import org.lesionstream.local.traffic.JobLane;

/**
 * Compares the simulation with real workers.
 *
 * <ol>
 *   <li>make phantoms and a small checkpoint; start a broker, a database and one packaged worker
 *   <li>calibrate: what that worker is like, alone
 *   <li>let the model predict how a backlog is cleared by it, and by two more that are wanted soon after
 *   <li>put the backlog on the topic, start the two, and measure the same
 *   <li>print both and their ratio
 * </ol>
 *
 * <p>The model knows the calibration alone; nothing of the measured run goes into the prediction.
 */
public final class ScaleCheck {

    private static final int FIRST = 1;
    private static final int LATER = 2;

    /** Of each topic: two for each of the three workers. */
    private static final int PARTITIONS = 6;

    /** Of the local broker: half a second from one heartbeat to the next. */
    private static final double HEARTBEAT_SECONDS = 0.5;

    private static final double LATER_AT_SECONDS = 10;
    private static final double BACKLOG_SECONDS = 120;
    private static final int WARM_UP_JOBS = 200;
    private static final int IDLE_JOBS = 20;
    private static final double CALIBRATION_SECONDS = 15;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final double MILLIS = 1000;

    private final CheckOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;
    private final int cores = Runtime.getRuntime().availableProcessors();

    private ScaleCheck(CheckOptions options, WorkingFolder folder, Terminal terminal, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs the comparison; its last line on the terminal is for machines.
     *
     * @return whether predicted and measured times are within the factor
     * @throws IllegalStateException when a part does not start or breaks down; the message holds the end of its log
     */
    public static boolean run(CheckOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        return new ScaleCheck(options, WorkingFolder.prepare(options.out(), "scale-sim"), terminal, clock).run();
    }

    private boolean run() throws IOException {
        SamplePictures pictures = pictures();
        SampleCheckpoint checkpoint = checkpoint();
        FleetFacts facts = FleetFacts.usual().withPartitions(PARTITIONS).withHeartbeats(HEARTBEAT_SECONDS);
        terminal.stage("Starting a broker, a database and one worker");
        try (LocalBroker broker = LocalBroker.start(folder.path().resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"));
                RealFleet fleet = new RealFleet(
                        options.artifacts().workerJar(),
                        folder,
                        broker,
                        database,
                        checkpoint,
                        pictures,
                        facts.partitions(),
                        facts.maxInFlight())) {
            long start = clock.millis();
            fleet.start().awaitReady(START_LIMIT);
            double startSeconds = (clock.millis() - start) / MILLIS;
            terminal.done("ready");
            try (RealLoad load =
                    new RealLoad(broker.bootstrapServers(), pictures, checkpoint.reference(), fleet, terminal, clock)) {
                return compare(facts, calibrate(fleet, load, startSeconds), fleet, load);
            }
        }
    }

    private Calibration calibrate(RealFleet fleet, RealLoad load, double startSeconds) {
        terminal.stage("Calibrating: one worker, alone");
        JobLog warm = load.backlog("warm", WARM_UP_JOBS, passed -> {});
        double idleSeconds = waits(load.oneByOne("idle", IDLE_JOBS)).mean() / MILLIS;
        int jobs = atLeast(WARM_UP_JOBS, WARM_UP_JOBS / seconds(warm) * CALIBRATION_SECONDS);
        MetricsSnapshot before = fleet.metrics();
        double busy = ProcessorTime.seconds();
        double idle = ProcessorTime.idleSeconds();
        long start = clock.millis();
        JobLog log = load.backlog("calibration", jobs, passed -> {});
        double passed = (clock.millis() - start) / MILLIS;
        double busyCores = (ProcessorTime.seconds() - busy) / passed;
        double idleCores = (ProcessorTime.idleSeconds() - idle) / passed;
        MetricsSnapshot work = fleet.metrics().since(before);
        double tiles = work.sum("lesionstream_tiles_total");
        Calibration calibration = new Calibration(
                startSeconds,
                jobs / seconds(log),
                tiles / jobs,
                tiles / work.sum("lesionstream_batches_total"),
                idleSeconds,
                busyCores,
                Math.max(0, cores - busyCores - idleCores),
                cores);
        terminal.done(calibration.toString());
        return calibration;
    }

    private boolean compare(FleetFacts facts, Calibration calibration, RealFleet fleet, RealLoad load) {
        int jobs = options.jobs()
                .orElseGet(() -> atLeast(CheckOptions.FEWEST_JOBS, calibration.imagesPerSecond() * BACKLOG_SECONDS));
        terminal.line(String.format(
                Locale.ROOT,
                "          %d cores are shared by broker, database and workers: with %d workers each takes %.1f times as long",
                cores,
                FIRST + LATER,
                calibration.slowdown(FIRST + LATER)));
        Backlog.Outcome predicted = predict(facts, calibration, jobs);
        terminal.stage(String.format(
                Locale.ROOT,
                "Backlog of %d jobs: %d worker, and %d more wanted after %.0f s; predicted to take %.1f s",
                jobs,
                FIRST,
                LATER,
                LATER_AT_SECONDS,
                predicted.clearSeconds()));
        Backlog.Outcome measured = measure(fleet, load, jobs);
        terminal.done("cleared");
        Comparison comparison = new Comparison(predicted, measured, options.factor());
        terminal.line(String.format(
                Locale.ROOT,
                "scale-sim: check=%s jobs=%d workers=%d..%d cores=%d %s seed=%d",
                comparison.passes() ? "passed" : "failed",
                jobs,
                FIRST,
                FIRST + LATER,
                cores,
                comparison.figures(),
                options.seed()));
        return comparison.passes();
    }

    /** Two starts at once take longer than the one that was measured, as everything does. */
    private Backlog.Outcome predict(FleetFacts facts, Calibration calibration, int jobs) {
        double startSeconds = calibration.startSeconds() * calibration.slowdown(FIRST + LATER);
        return Backlog.clear(
                facts,
                calibration::times,
                jobs,
                FIRST,
                List.of(new Backlog.Arrival(LATER_AT_SECONDS, LATER, startSeconds)),
                options.seed());
    }

    private Backlog.Outcome measure(RealFleet fleet, RealLoad load, int jobs) {
        AtomicBoolean wanted = new AtomicBoolean();
        JobLog log = load.backlog("backlog", jobs, passedMillis -> {
            if (passedMillis >= LATER_AT_SECONDS * MILLIS && wanted.compareAndSet(false, true)) {
                for (int i = 0; i < LATER; i++) {
                    fleet.start();
                }
            }
        });
        return new Backlog.Outcome(seconds(log), waits(log).at(95) / MILLIS);
    }

    private SamplePictures pictures() throws IOException {
        terminal.stage("Making phantom pictures");
        SamplePictures made = SamplePictures.phantoms(
                options.artifacts().trainerJar(),
                folder.phantoms(),
                Scale.SMALL.sides(),
                options.seed(),
                folder.log("trainer"),
                terminal::status);
        terminal.done(made.pictures().size() + " pictures, PNG and JPEG");
        return made;
    }

    private SampleCheckpoint checkpoint() throws IOException {
        terminal.stage("A small checkpoint, trained once");
        SampleCheckpoint made = SampleCheckpoint.made(
                options.artifacts().trainerJar(),
                Scale.SMALL,
                options.madeCheckpoints(),
                "bench",
                1,
                options.seed(),
                folder.log("trainer"),
                terminal::status);
        terminal.done(made.store().toString());
        return made;
    }

    private static int atLeast(int least, double jobs) {
        return (int) Math.max(least, Math.ceil(jobs));
    }

    /** From the publication of the first job to that of the last answer. */
    private static double seconds(JobLog log) {
        long last = log.answers().get(log.answered() - 1).atMillis();
        return (last - log.firstSentAtMillis()) / MILLIS;
    }

    private static Percentiles waits(JobLog log) {
        return log.latencies(JobLane.BACKFILL);
    }
}
