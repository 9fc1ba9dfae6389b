package org.lesionstream.local.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.TcpRelay;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Percentiles;
import org.lesionstream.local.report.Terminal;

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
        Material material = Material.make(options, folder, terminal);
        List<Fault> schedule = Fault.schedule(options.faults(), options.kinds(), options.seed());
        terminal.line("schedule of " + options.repeat());
        schedule.forEach(fault -> terminal.line("  " + fault));
        terminal.stage("Starting a broker, a database and " + WORKERS + " workers");
        try (TcpRelay brokerRelay = TcpRelay.listen();
                TcpRelay databaseRelay = TcpRelay.listen();
                LocalBroker broker = LocalBroker.startBehind(folder.path().resolve("kafka"), brokerRelay.port());
                LocalDatabase database = LocalDatabase.start(folder.path().resolve("postgres"))) {
            brokerRelay.passOnTo(broker.relayedPort());
            databaseRelay.passOnTo(database.port());
            Map<String, String> environment = environment(material, brokerRelay, databaseRelay, database);
            WorkerProcess.run(
                    options.builds().get(0), List.of("topics", "--partitions", "4"), environment, folder.log("topics"));
            try (Fleet fleet = new Fleet(options.builds(), environment, folder);
                    JobFeed feed =
                            new JobFeed(broker.bootstrapServers(), material.pictures(), material.truncated(), clock);
                    Publications publications = new Publications(broker.bootstrapServers())) {
                fleet.scaleTo(WORKERS);
                fleet.awaitReady();
                terminal.done("ready");
                Chaos chaos = new Chaos(
                        fleet,
                        broker,
                        brokerRelay,
                        database,
                        databaseRelay,
                        material.store(),
                        options.artifacts().trainerJar(),
                        folder.log("trainer"));
                int pictures = material.pictures().pictures().size();
                Attack attack = new Attack(broker, fleet, feed, publications, terminal, options.intake());
                attack.run(schedule, TortureJob.plan(options.jobs(), pictures, options.seed()), chaos, WORKERS);
                attack.awaitAnswers("Faults are over");
                attack.references(pictures);
                return conclude(broker, database, material, feed, publications);
            }
        }
    }

    private Findings conclude(
            LocalBroker broker, LocalDatabase database, Material material, JobFeed feed, Publications publications)
            throws IOException {
        terminal.stage("Checking");
        publications.readToEnd();
        Findings findings;
        try (Connection connection = database.connect()) {
            Stored stored = Stored.read(connection);
            findings = Checker.check(
                    feed.jobs(),
                    feed.accepted(),
                    new MaskChecker(material.manifests()),
                    stored,
                    publications.all(),
                    options.intake());
        } catch (SQLException failure) {
            throw new IllegalStateException("The database cannot be read: " + failure.getMessage(), failure);
        }
        Offsets.open(broker.bootstrapServers(), options.intake()).forEach(findings::lost);
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
                "torture: jobs=%d messages=%d faults=%d seed=%d%s lost=%d duplicates=%d corrupt=%d",
                options.jobs(),
                feed.messages(),
                options.faults(),
                options.seed(),
                options.intake() == Intake.SHARE_GROUP
                        ? " intake=share-group promise=at-least-once repeated=" + findings.repeated()
                        : "",
                findings.count(Findings.Harm.LOST),
                findings.count(Findings.Harm.DUPLICATE),
                findings.count(Findings.Harm.CORRUPT)));
        return findings;
    }

    private Map<String, String> environment(
            Material material, TcpRelay broker, TcpRelay database, LocalDatabase behind) {
        Map<String, String> environment = new HashMap<>(
                WorkerProcess.connectedTo("localhost:" + broker.port(), behind.jdbcUrl(database.port()), behind));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", material.store().toString());
        environment.put("LESIONSTREAM_CHECKPOINTS_REFRESH", "500ms");
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", TortureJob.CHECKPOINT + "@1");
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", material.root().toString());
        environment.put("LESIONSTREAM_KAFKA_GROUP_KIND", options.intake().word());
        environment.put("LESIONSTREAM_INFERENCE_DETERMINISTIC", "true");
        environment.put("LESIONSTREAM_INFERENCE_THREADS", "1");
        environment.put("LESIONSTREAM_BATCH_SIZES", "1,2,4,8");
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        // Workers come and go here: a quick start is worth more than fast code.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m");
        return environment;
    }
}
