package org.lesionstream.local.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.CaseImage;

/** Submits jobs while faults happen, and waits until nothing more can come. Confined to one thread. */
final class Attack {

    /** Nothing published for so long after the faults means that nothing more will come; longer than any backoff and session. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(90);

    /** The same where every message is committed: whoever has not been answered by then is forgotten. */
    private static final Duration COMMITTED_SILENCE_LIMIT = Duration.ofSeconds(10);

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    /** A new worker gets partitions a few seconds after it is ready; jobs come all that time. */
    private static final int PIECES = 8;

    private static final Duration PIECE_TIME = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LocalBroker broker;
    private final Fleet fleet;
    private final JobFeed feed;
    private final Publications publications;
    private final Terminal terminal;
    private final Intake intake;

    Attack(LocalBroker broker, Fleet fleet, JobFeed feed, Publications publications, Terminal terminal, Intake intake) {
        this.broker = broker;
        this.fleet = fleet;
        this.feed = feed;
        this.publications = publications;
        this.terminal = terminal;
        this.intake = intake;
    }

    /** Submits a share of the messages before each fault and the rest after the last, then brings the fleet back to its size. */
    void run(List<Fault> schedule, List<TortureJob> plan, Chaos chaos, int workers) throws IOException {
        terminal.stage("Submitting " + plan.size() + " messages, under attack");
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
                feedUntilOneHalts(share);
            } else {
                feed.submit(share);
                chaos.begin(fault);
                read(fault.hold(), () -> false);
            }
            chaos.end(fault);
            read(fault.calm(), () -> false);
            fleet.replenish();
        }
        feed.submit(plan.subList(done, plan.size()));
        fleet.scaleTo(workers);
        terminal.done(publications.answered() + " of " + feed.jobs().size() + " jobs answered so far");
    }

    /** Reads until as many answers as messages have come, or none for a long time. */
    void awaitAnswers(String heading) {
        terminal.stage(heading);
        int expected = feed.messages();
        Duration limit = COMMITTED_SILENCE_LIMIT;
        long heard = System.nanoTime();
        while (publications.answersTo(feed.accepted()) < expected && System.nanoTime() - heard < limit.toNanos()) {
            if (publications.read(POLL) > 0) {
                heard = System.nanoTime();
                limit = COMMITTED_SILENCE_LIMIT;
            } else if (System.nanoTime() - heard >= limit.toNanos()
                    && !Offsets.open(broker.bootstrapServers(), intake).isEmpty()) {
                limit = SILENCE_LIMIT;
            }
            fleet.replenish(); // one that was told to halt may do so late
            terminal.progress(publications.answersTo(feed.accepted()), expected, "messages answered");
        }
        terminal.done(publications.answersTo(feed.accepted()) + " of " + expected + " messages answered");
    }

    /** Every picture under both versions, made by a worker that nothing has disturbed. */
    void references(int pictures) throws IOException {
        fleet.scaleTo(0);
        fleet.scaleTo(1);
        List<TortureJob> references = new ArrayList<>();
        for (int version = 1; version <= Material.VERSIONS; version++) {
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
        awaitAnswers("Making every mask again, undisturbed");
        awaitNoted();
        fleet.scaleTo(0); // what a worker has to say it says before it ends
    }

    /**
     * A share group takes note of an answer after it is published, and later still if the acknowledgement was refused and the message must
     * be delivered again; what is not noted when the time is over will be found.
     */
    private void awaitNoted() {
        long begin = System.nanoTime();
        while (!Offsets.open(broker.bootstrapServers(), intake).isEmpty()
                && System.nanoTime() - begin < SILENCE_LIMIT.toNanos()) {
            publications.read(POLL);
        }
    }

    /** Gives the worker that shall end at a point time to start and to get its part of the work, and work to get. */
    private void feedUntilOneHalts(List<TortureJob> share) throws IOException {
        read(START_LIMIT, () -> !fleet.isComplete() || fleet.newestIsReady());
        for (int piece = 0; piece < PIECES; piece++) {
            feed.submit(share.subList(share.size() * piece / PIECES, share.size() * (piece + 1) / PIECES));
            read(PIECE_TIME, () -> !fleet.isComplete());
        }
    }

    /** Reads for so long, or until something has happened. */
    private void read(Duration time, BooleanSupplier until) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !until.getAsBoolean()) {
            publications.read(POLL);
        }
    }
}
