package org.lesionstream.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * One run, on a broker, a database and a worker of its own:
 *
 * <ol>
 *   <li>the network alone, before the worker takes jobs
 *   <li>a few jobs that count for nothing, so that the JVM has compiled what it needs
 *   <li>a worker at rest: what it costs to wait
 *   <li>an idle worker: one job at a time, every picture on both lanes
 *   <li>a backlog of all jobs on the backfill lane: throughput, and where the time goes
 *   <li>where asked for, the backlog again in other ways
 *   <li>half load: both lanes, half the rate that the backlog reached
 *   <li>full load: the backlog again, with urgent jobs trickling in
 * </ol>
 */
final class Measurement {

    private static final URI SOURCE = URI.create("urn:lesionstream:bench");
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final int WARM_UP_JOBS = 20;

    /** A fast worker has compiled little after 20 jobs: it gets more until it has worked for so long. */
    private static final double WARM_UP_SECONDS = 20;

    private static final Duration REST = Duration.ofSeconds(10);
    private static final int MOST_IDLE_JOBS = 40;

    /** Half load lasts about so long; longer proves little more. */
    private static final double LIGHT_LOAD_SECONDS = 45;

    private final BenchOptions options;
    private final WorkingFolder folder;
    private final SampleCheckpoint checkpoint;
    private final Optional<CheckpointReference> other;
    private final SamplePictures pictures;
    private final Terminal terminal;
    private final Clock clock;

    Measurement(
            BenchOptions options,
            WorkingFolder folder,
            SampleCheckpoint checkpoint,
            Optional<CheckpointReference> other,
            SamplePictures pictures,
            Terminal terminal,
            Clock clock) {
        this.options = options;
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.other = other;
        this.pictures = pictures;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** @param number tells the runs apart */
    RunResult run(int number) {
        Path data = folder.path().resolve("run-" + number);
        terminal.stage("Run " + number + ": starting a broker, a database and the worker"
                + (options.networkRuns() ? ", then the network alone" : ""));
        try (LocalBroker broker = LocalBroker.start(data.resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(data.resolve("postgres"));
                WorkerProcess worker = WorkerProcess.start(
                        options.artifacts().workerJar(),
                        environment(broker, database),
                        folder.log("worker-" + number))) {
            worker.awaitReady(START_LIMIT.plus(options.bareLoop()));
            try (JobSender sender = new JobSender(SOURCE, broker.bootstrapServers(), clock);
                    AnswerReader reader = new AnswerReader(broker.bootstrapServers())) {
                LoadDriver driver = new LoadDriver(
                        worker,
                        sender,
                        reader,
                        pictures,
                        checkpoint.reference(),
                        options.answersArePublished(),
                        terminal,
                        clock);
                Optional<Double> bareLoop = bareLoop(driver);
                terminal.done(bareLoop.map(rate -> String.format(Locale.ROOT, "bare loop %.1f tiles/s", rate))
                        .orElse("without the network"));
                return loads(driver, number, database, bareLoop);
            }
        }
    }

    private RunResult loads(LoadDriver driver, int number, LocalDatabase database, Optional<Double> bareLoop) {
        String run = "r" + number;
        terminal.stage("Warming up");
        double worked = 0;
        int jobs = 0;
        for (int more = WARM_UP_JOBS; worked < WARM_UP_SECONDS; ) {
            LoadResult warm = driver.asDue(run + "-warm-" + jobs, Departure.backlog(more));
            worked += warm.seconds();
            jobs += more;
            more = jobsIn(WARM_UP_SECONDS / 2, warm.jobsPerSecond(), options.jobs());
        }
        terminal.done(jobs + " jobs");
        terminal.stage("At rest");
        Map<ThreadRole, Double> rest = driver.rest(REST);
        terminal.done(REST.toSeconds() + " s");
        boolean loads = options.loads() && options.answersArePublished();
        Optional<LoadResult> idle = Optional.empty();
        if (loads) {
            terminal.stage("Idle worker: one job at a time");
            idle = Optional.of(driver.oneByOne(
                    run + "-idle", Math.min(2 * pictures.pictures().size(), MOST_IDLE_JOBS)));
            terminal.done(rate(idle.get()));
        }
        terminal.stage("Backlog of " + options.jobs() + " jobs");
        LoadResult backlog = driver.asDue(run + "-backlog", Departure.backlog(options.jobs()));
        terminal.done(rate(backlog));
        Map<Variant, LoadResult> variants = new EnumMap<>(Variant.class);
        for (Variant variant : new TreeSet<>(options.variants())) {
            terminal.stage("Backlog again, " + variant.word());
            variants.put(variant, variant(driver, run, variant));
            terminal.done(rate(variants.get(variant)));
        }
        Optional<RunResult.Loads> all = idle.map(light -> {
            terminal.stage("Half load on both lanes");
            double half = backlog.jobsPerSecond() / 2;
            int some = jobsIn(LIGHT_LOAD_SECONDS, half, options.jobs());
            LoadResult halfLoad = driver.asDue(run + "-half", Departure.atRandom(some, half, options.seed()));
            terminal.done(rate(halfLoad));
            terminal.stage("Full load: the backlog again, with urgent jobs trickling in");
            int urgent = urgentJobs(options.jobs());
            LoadResult fullLoad = driver.asDue(
                    run + "-full", Departure.backlogWithTrickle(options.jobs(), urgent, backlog.seconds()));
            terminal.done(rate(fullLoad));
            return new RunResult.Loads(light, halfLoad, fullLoad);
        });
        return new RunResult(bareLoop, maskBytes(database), rest, backlog, variants, all);
    }

    private LoadResult variant(LoadDriver driver, String run, Variant variant) {
        String name = run + "-" + variant.word();
        List<Departure> departures = Departure.backlog(options.jobs());
        return switch (variant) {
            case TWO_CHECKPOINTS -> {
                CheckpointReference second = other.orElseThrow();
                driver.asDue(run + "-other", Departure.backlog(WARM_UP_JOBS), Asked.inTurn(second)); // loads it
                yield driver.asDue(name, departures, Asked.inTurn(checkpoint.reference(), second));
            }
            case DAMAGED ->
                driver.asDue(
                        name, departures, Asked.inTurn(checkpoint.reference()).withDamaged(damaged()));
        };
    }

    /** Half of a picture. */
    private SamplePicture damaged() {
        try {
            return pictures.truncated(pictures.roots().get(0).resolve("damaged.png"));
        } catch (IOException failure) {
            throw new UncheckedIOException("A damaged picture cannot be written", failure);
        }
    }

    /** How many jobs fit in the time at that rate; not too few to say something, and no more than wanted. */
    static int jobsIn(double seconds, double perSecond, int most) {
        return (int) Math.min(most, Math.max(BenchOptions.FEWEST_JOBS, Math.ceil(perSecond * seconds)));
    }

    /** A trickle beside a backlog of so many: a twentieth, or up to twenty where that would be too few to say something. */
    static int urgentJobs(int backlog) {
        return Math.max(backlog / 20, Math.min(20, backlog / 5));
    }

    private Map<String, String> environment(LocalBroker broker, LocalDatabase database) {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.putAll(checkpoint.served(pictures));
        environment.put("LESIONSTREAM_INFERENCE_PRECISION", options.precision());
        environment.put("LESIONSTREAM_INFERENCE_DEVICE", options.device());
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        if (options.networkRuns()) {
            environment.put("LESIONSTREAM_BENCH_BARE_LOOP", options.bareLoop().toMillis() + "ms");
        }
        if (!options.without().isEmpty()) {
            environment.put(
                    "LESIONSTREAM_BENCH_WITHOUT",
                    options.without().stream().map(BenchStage::word).sorted().collect(Collectors.joining(",")));
        }
        environment.putAll(options.settings());
        return environment;
    }

    private Optional<Double> bareLoop(LoadDriver driver) {
        return options.networkRuns()
                ? Optional.of(driver.metrics().sum("lesionstream_bare_loop_rate_tiles_per_second"))
                : Optional.empty();
    }

    private String rate(LoadResult result) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%.1f images/s", result.jobsPerSecond()));
        parts.add(String.format(Locale.ROOT, "%.1f tiles/s", result.tilesPerSecond()));
        return String.join(", ", parts);
    }

    private static double maskBytes(LocalDatabase database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet mean = statement.executeQuery("SELECT avg(octet_length(png)) FROM mask")) {
            mean.next();
            double bytes = mean.getDouble(1);
            return mean.wasNull() ? Double.NaN : bytes;
        } catch (SQLException failure) {
            throw new IllegalStateException("The size of the masks cannot be read: " + failure.getMessage(), failure);
        }
    }
}
