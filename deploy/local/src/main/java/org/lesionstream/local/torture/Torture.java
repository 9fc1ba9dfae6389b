package org.lesionstream.local.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.TcpRelay;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Percentiles;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.message.CaseImage;

/**
 * Attacks the delivery promise and sees what is left of it.
 *
 * <ol>
 *   <li>make pictures and two versions of a checkpoint
 *   <li>start a broker, a database, relays before both, and two workers behind the relays
 *   <li>submit jobs over both lanes, a share of them before each fault of the schedule
 *   <li>end all faults and wait until every message is answered, or nothing more comes
 *   <li>let a fresh, undisturbed worker make the mask of every picture again
 *   <li>stop the workers, read everything, and check
 * </ol>
 */
public final class Torture {

    private static final int WORKERS = 2;

    /** Nothing published for so long after the faults means that nothing more will come; longer than any backoff and session. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(90);

    /** The same where every message is committed: whoever has not been answered by then is forgotten. */
    private static final Duration COMMITTED_SILENCE_LIMIT = Duration.ofSeconds(10);

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    /** A new worker gets partitions a few seconds after it is ready; jobs come all that time. */
    private static final int PIECES = 8;

    private static final Duration PIECE_TIME = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_TEXTS = 25;

    private final TortureOptions options;
    private final WorkingFolder folder;
    private final Terminal terminal;
    private final Clock clock;

    private Torture(TortureOptions options, WorkingFolder folder, Terminal terminal, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Runs the torture; its last line on the terminal is for machines.
     *
     * @return whether the promise was kept
     * @throws IllegalStateException when a part that is not under attack breaks down; the message holds the end of its log
     */
    public static boolean run(TortureOptions options, Terminal terminal, Clock clock) throws IOException {
        options.artifacts().require();
        WorkingFolder folder = WorkingFolder.prepare(options.out(), "torture");
        return new Torture(options, folder, terminal, clock).run().none();
    }

    private Findings run() throws IOException {
        SamplePictures pictures = pictures();
        checkpoints();
        SamplePicture truncated = pictures.truncated(pictures.roots().get(0).resolve("truncated.png"));
        List<Fault> schedule = Fault.schedule(options.faults(), options.kinds(), options.seed());
        terminal.line(
                "schedule of --jobs " + options.jobs() + " --faults " + options.faults() + " --seed " + options.seed());
        schedule.forEach(fault -> terminal.line("  " + fault));
        terminal.stage("Starting a broker, a database and " + WORKERS + " workers");
        try (TcpRelay brokerRelay = TcpRelay.listen();
                TcpRelay databaseRelay = TcpRelay.listen();
                LocalBroker broker = LocalBroker.startBehind(folder.path().resolve("kafka"), brokerRelay.port());
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"))) {
            brokerRelay.passOnTo(broker.relayedPort());
            databaseRelay.passOnTo(database.port());
            Map<String, String> environment = environment(pictures, brokerRelay, databaseRelay, database);
            try (Fleet fleet = new Fleet(options.worker(), environment, folder);
                    JobFeed feed = new JobFeed(broker.bootstrapServers(), pictures, truncated, clock)) {
                WorkerProcess.run(
                        options.worker(), List.of("topics", "--partitions", "4"), environment, folder.log("topics"));
                fleet.scaleTo(WORKERS);
                fleet.awaitReady();
                terminal.done("ready");
                Chaos chaos = new Chaos(
                        fleet,
                        broker,
                        brokerRelay,
                        database,
                        databaseRelay,
                        folder.store(),
                        options.artifacts().trainerJar(),
                        folder.log("trainer"));
                try (Publications publications = new Publications(broker.bootstrapServers())) {
                    attack(
                            schedule,
                            chaos,
                            fleet,
                            feed,
                            publications,
                            pictures.pictures().size());
                    awaitAnswers("Faults are over", broker, fleet, feed, publications);
                    references(
                            broker,
                            fleet,
                            feed,
                            publications,
                            pictures.pictures().size());
                    return conclude(broker, database, feed, publications);
                }
            }
        }
    }

    private void attack(
            List<Fault> schedule, Chaos chaos, Fleet fleet, JobFeed feed, Publications publications, int pictures)
            throws IOException {
        List<TortureJob> plan = TortureJob.plan(options.jobs(), pictures, options.seed());
        terminal.stage("Submitting " + plan.size() + " messages for " + options.jobs() + " jobs, under attack");
        int shares = schedule.size() + 1;
        int done = 0;
        for (Fault fault : schedule) {
            int next = (int) ((long) plan.size() * fault.number() / shares);
            List<TortureJob> share = plan.subList(done, next);
            done = next;
            terminal.line("  " + fault.number() + " of " + schedule.size() + "  "
                    + fault.kind().word() + ", " + fleet.size() + " workers, " + publications.answered()
                    + " jobs answered");
            if (fault.kind().halts()) {
                chaos.begin(fault);
                feedUntilOneHalts(share, fleet, feed, publications);
            } else {
                feed.submit(share);
                chaos.begin(fault);
                read(fault.hold(), () -> false, publications);
            }
            chaos.end(fault);
            read(fault.calm(), () -> false, publications);
            fleet.replenish();
        }
        feed.submit(plan.subList(done, plan.size()));
        fleet.scaleTo(WORKERS);
        terminal.done(publications.answered() + " of " + feed.jobs().size() + " jobs answered so far");
    }

    /** Gives the worker that shall end at a point time to start and to get its part of the work, and work to get. */
    private void feedUntilOneHalts(List<TortureJob> share, Fleet fleet, JobFeed feed, Publications publications)
            throws IOException {
        read(START_LIMIT, () -> !fleet.isComplete() || fleet.newestIsReady(), publications);
        for (int piece = 0; piece < PIECES; piece++) {
            feed.submit(share.subList(share.size() * piece / PIECES, share.size() * (piece + 1) / PIECES));
            read(PIECE_TIME, () -> !fleet.isComplete(), publications);
        }
    }

    /** Reads for so long, or until something has happened. */
    private void read(Duration time, BooleanSupplier until, Publications publications) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !until.getAsBoolean()) {
            publications.read(POLL);
        }
    }

    /** Reads until as many answers as messages have come, or none for a long time. */
    private void awaitAnswers(
            String heading, LocalBroker broker, Fleet fleet, JobFeed feed, Publications publications) {
        terminal.stage(heading);
        int expected =
                feed.accepted().values().stream().mapToInt(Integer::intValue).sum();
        Duration limit = COMMITTED_SILENCE_LIMIT;
        long heard = System.nanoTime();
        while (publications.answers() < expected && System.nanoTime() - heard < limit.toNanos()) {
            if (publications.read(POLL) > 0) {
                heard = System.nanoTime();
                limit = COMMITTED_SILENCE_LIMIT;
            } else if (System.nanoTime() - heard >= limit.toNanos()
                    && !Offsets.open(broker.bootstrapServers()).isEmpty()) {
                limit = SILENCE_LIMIT;
            }
            fleet.replenish(); // one that was told to halt may do so late
            terminal.progress(Math.min(publications.answers(), expected), expected, "messages answered");
        }
        terminal.done(publications.answers() + " of " + expected + " messages answered");
    }

    /** Every picture under both versions, made by a worker that nothing has disturbed. */
    private void references(LocalBroker broker, Fleet fleet, JobFeed feed, Publications publications, int pictures)
            throws IOException {
        fleet.scaleTo(0);
        fleet.scaleTo(1);
        List<TortureJob> references = new ArrayList<>();
        for (int version = 1; version <= 2; version++) {
            for (int picture = 0; picture < pictures; picture++) {
                String id = TortureJob.REFERENCE + version + "-" + picture;
                references.add(new TortureJob(
                        id,
                        TortureJob.Kind.GOOD,
                        new CaseImage("case-of-" + id, 1, 1),
                        false,
                        JobLane.URGENT,
                        new CheckpointReference.ByVersion(TortureJob.CHECKPOINT, version),
                        picture));
            }
        }
        feed.submit(references);
        awaitAnswers("Making every mask again, undisturbed", broker, fleet, feed, publications);
        fleet.scaleTo(0); // what a worker has to say it says before it ends
    }

    private Findings conclude(LocalBroker broker, LocalDatabase database, JobFeed feed, Publications publications)
            throws IOException {
        terminal.stage("Checking");
        publications.readToEnd();
        Findings findings;
        try (Connection connection = database.connect()) {
            Stored stored = Stored.read(connection);
            findings = Checker.check(
                    feed.jobs(), feed.accepted(), new MaskChecker(manifests()), stored, publications.all());
        } catch (SQLException failure) {
            throw new IllegalStateException("The database cannot be read: " + failure.getMessage(), failure);
        }
        Offsets.open(broker.bootstrapServers()).forEach(findings::lost);
        terminal.done(publications.all().size() + " publications");
        Percentiles waits = new Percentiles(feed.urgentWaits(publications));
        terminal.line(String.format(
                Locale.ROOT,
                "urgent jobs, from publication to answer: p50 %.1f s, p95 %.1f s, longest %.1f s of %d",
                waits.median() / 1000,
                waits.at(95) / 1000,
                waits.at(100) / 1000,
                waits.count()));
        List<String> texts = findings.texts();
        texts.stream().limit(MOST_TEXTS).forEach(text -> terminal.line("  " + text));
        if (texts.size() > MOST_TEXTS) {
            terminal.line("  and " + (texts.size() - MOST_TEXTS) + " more");
        }
        terminal.line(String.format(
                Locale.ROOT,
                "torture: jobs=%d messages=%d faults=%d seed=%d lost=%d duplicates=%d corrupt=%d",
                options.jobs(),
                feed.accepted().values().stream().mapToInt(Integer::intValue).sum(),
                options.faults(),
                options.seed(),
                findings.count(Findings.Harm.LOST),
                findings.count(Findings.Harm.DUPLICATE),
                findings.count(Findings.Harm.CORRUPT)));
        return findings;
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

    /** Two versions of one checkpoint, trained by an earlier run or now, in a store of this run's own. */
    private void checkpoints() throws IOException {
        terminal.stage("Two versions of a small checkpoint");
        Path made = folder.store();
        for (int version = 1; version <= 2; version++) {
            made = SampleCheckpoint.made(
                            options.artifacts().trainerJar(),
                            Scale.SMALL,
                            options.madeCheckpoints(),
                            TortureJob.CHECKPOINT,
                            version,
                            version,
                            folder.log("trainer"),
                            terminal::status)
                    .store();
        }
        copy(made, folder.store());
        Chaos.promote(1, folder.store(), options.artifacts().trainerJar(), folder.log("trainer"));
        terminal.done(folder.store().toString());
    }

    private Map<String, CheckpointManifest> manifests() throws IOException {
        CheckpointLayout layout = new CheckpointLayout(folder.store());
        Map<String, CheckpointManifest> manifests = new HashMap<>();
        for (int version = 1; version <= 2; version++) {
            CheckpointManifest manifest = ManifestCodec.read(layout.manifest(TortureJob.CHECKPOINT, version));
            manifests.put(manifest.digest().hex(), manifest);
        }
        return manifests;
    }

    private Map<String, String> environment(
            SamplePictures pictures, TcpRelay broker, TcpRelay database, LocalDatabase behind) {
        Map<String, String> environment = new HashMap<>(
                WorkerProcess.connectedTo("localhost:" + broker.port(), behind.jdbcUrl(database.port()), behind));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", folder.store().toString());
        environment.put("LESIONSTREAM_CHECKPOINTS_REFRESH", "500ms");
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", TortureJob.CHECKPOINT + "@1");
        environment.put(
                "LESIONSTREAM_DECODE_FILE_ROOTS", pictures.roots().get(0).toString());
        environment.put("LESIONSTREAM_INFERENCE_DETERMINISTIC", "true");
        environment.put("LESIONSTREAM_INFERENCE_THREADS", "1");
        environment.put("LESIONSTREAM_BATCH_SIZES", "1,2,4,8");
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        // Workers come and go here: a quick start is worth more than fast code.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m");
        return environment;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
