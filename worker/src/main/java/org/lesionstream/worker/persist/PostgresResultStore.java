package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * The store on PostgreSQL.
 *
 * <p>A list is saved in one transaction:
 *
 * <ol>
 *   <li>lock the rows of its cases in order, which makes the rest run alone per case;
 *   <li>insert the outcomes; what comes back had none before;
 *   <li>for these, insert masks, totals and lesions;
 *   <li>count the images of their cases, and mark the outcome that speaks for each;
 *   <li>sum up the cases that are complete now or whose time is up, and write counters and case results;
 *   <li>read what is to be published: the messages of jobs that were done before, and the case results that the list's
 *       jobs and control records closed, now or before.
 * </ol>
 *
 * <p>After it, and outside its locks, cases of slices get their volume; a crash in between leaves that to whoever is asked
 * for the same answer next.
 *
 * <p>Locks are taken in one order everywhere, cases by id, then outcomes by job id, so workers wait for each other but never
 * in a circle.
 */
public final class PostgresResultStore implements ResultStore {
    private static final String WHERE = "persist";

    private final Database database;
    private final MessageCodec codec;
    private final CaseVolumes volumes;

    public PostgresResultStore(DataSource source, MessageCodec codec) {
        this.database = new Database(source, WHERE);
        this.codec = codec;
        this.volumes = new CaseVolumes(database, codec);
    }

    @Override
    public List<JobRegistration> register(List<RegistrationRequest> requests) {
        return requests.isEmpty()
                ? List.of()
                : database.inTransaction(connection -> Registrations.register(connection, requests));
    }

    @Override
    public List<Answer> save(List<JobOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        Batch batch = Batch.of(outcomes, codec);
        Saved saved = database.inTransaction(connection -> save(connection, batch));
        Map<String, OutgoingMessage> caseResults = new HashMap<>();
        for (CaseResultTable.Row row : saved.closed()) {
            CaseResultTable.Row complete = row.volumePending() ? volumes.complete(row) : row;
            caseResults.put(
                    row.closingJobId(), Messages.caseResult(complete.key(), complete.revision(), complete.message()));
        }
        return outcomes.stream()
                .map(outcome -> new Answer(
                        outcome.envelope(),
                        Stream.of(saved.messages(), caseResults)
                                .flatMap(messages -> Stream.ofNullable(messages.get(outcome.jobId())))
                                .toList()))
                .toList();
    }

    /**
     * What became of a batch.
     *
     * @param messages the answer to every job
     * @param closed the case results that its jobs and control records closed
     */
    private record Saved(Map<String, OutgoingMessage> messages, List<CaseResultTable.Row> closed) {}

    private Saved save(Connection connection, Batch batch) throws SQLException {
        Map<CaseKey, CaseLedger> ledgers = lock(connection, batch);
        Set<String> inserted = OutcomeTable.insert(connection, batch.rows().values());
        List<OutcomeRow> fresh = batch.rows().values().stream()
                .filter(row -> inserted.contains(row.jobId()))
                .toList();
        FindingTables.insert(
                connection,
                fresh.stream().flatMap(row -> row.segmented().stream()).toList());
        count(fresh, batch.timeouts(), ledgers);
        OutcomeTable.speak(connection, speakers(ledgers));
        List<CaseResultTable.Row> closed = close(connection, ledgers);
        return saved(connection, batch, fresh, closed);
    }

    private static Map<CaseKey, CaseLedger> lock(Connection connection, Batch batch) throws SQLException {
        Set<CaseKey> keys = new LinkedHashSet<>();
        Set<CaseTable.CaseImageKey> images = new LinkedHashSet<>();
        for (OutcomeRow row : batch.rows().values()) {
            row.caseKey().ifPresent(key -> {
                keys.add(key);
                images.add(new CaseTable.CaseImageKey(key, row.image().orElseThrow()));
            });
        }
        Set<CaseKey> all = new LinkedHashSet<>(keys);
        batch.timeouts().forEach(timeout -> all.add(CaseKey.of(timeout)));
        Map<CaseKey, CaseLedger> ledgers = CaseTable.lock(connection, all, images);
        if (ledgers.keySet().containsAll(keys)) {
            return ledgers;
        }
        CaseTable.create(
                connection,
                batch.rows().values().stream()
                        .filter(row -> row.caseKey().isPresent())
                        .toList());
        return CaseTable.lock(connection, all, images);
    }

    private static void count(List<OutcomeRow> fresh, List<CaseTimeout> timeouts, Map<CaseKey, CaseLedger> ledgers) {
        for (OutcomeRow row : fresh) {
            row.caseKey().ifPresent(key -> ledgers.get(key)
                    .record(row.jobId(), row.image().orElseThrow(), row.kind()));
        }
        for (CaseTimeout timeout : timeouts) { // of a case that was dropped since, nothing is left to close
            Optional.ofNullable(ledgers.get(CaseKey.of(timeout)))
                    .ifPresent(ledger -> ledger.timeUp(timeout.id(), timeout.revision()));
        }
    }

    private static List<OutcomeTable.Speaker> speakers(Map<CaseKey, CaseLedger> ledgers) {
        return ledgers.entrySet().stream()
                .flatMap(entry -> entry.getValue().speakers().entrySet().stream()
                        .map(speaker -> new OutcomeTable.Speaker(
                                entry.getKey(),
                                speaker.getKey(),
                                speaker.getValue(),
                                entry.getValue().spokenFor(speaker.getKey()))))
                .toList();
    }

    /** Writes what changed in the cases, and the case results that are due; returns those. */
    private List<CaseResultTable.Row> close(Connection connection, Map<CaseKey, CaseLedger> ledgers)
            throws SQLException {
        Map<CaseKey, CaseLedger.Closing> closings = new LinkedHashMap<>();
        List<CaseTable.Count> counts = new ArrayList<>();
        ledgers.forEach((key, ledger) -> {
            if (ledger.changed()) {
                counts.add(new CaseTable.Count(key, ledger.finished(), ledger.closing()));
                ledger.closing().ifPresent(closing -> closings.put(key, closing));
            }
        });
        CaseTable.update(connection, counts);
        if (closings.isEmpty()) {
            return List.of();
        }
        Map<CaseKey, List<ImageTotals>> totals = CaseImages.totals(connection, closings.keySet());
        List<CaseKey> incomplete = closings.keySet().stream()
                .filter(key -> totals.getOrDefault(key, List.of()).size()
                        < ledgers.get(key).images())
                .toList();
        Map<CaseKey, List<Integer>> deadLetters = CaseImages.deadLetters(connection, incomplete);
        List<CaseResultTable.Row> results = new ArrayList<>();
        closings.forEach((key, closing) -> results.add(result(
                key,
                ledgers.get(key).images(),
                closing,
                totals.getOrDefault(key, List.of()),
                deadLetters.getOrDefault(key, List.of()))));
        CaseResultTable.insert(connection, results);
        return results;
    }

    private CaseResultTable.Row result(
            CaseKey key, int images, CaseLedger.Closing closing, List<ImageTotals> segmented, List<Integer> dead) {
        return new CaseResultTable.Row(
                key,
                closing.revision(),
                closing.jobId(),
                closing.byTime(),
                segmented.stream().map(ImageTotals::jobId).toList(),
                segmented.stream().anyMatch(ImageTotals::slice),
                codec.write(CaseSummary.of(key, images, closing, segmented, dead)));
    }

    private static Saved saved(
            Connection connection, Batch batch, List<OutcomeRow> fresh, List<CaseResultTable.Row> closedNow)
            throws SQLException {
        Map<String, OutgoingMessage> messages = new HashMap<>();
        fresh.forEach(row -> messages.put(row.jobId(), row.message()));
        List<String> doneBefore = batch.jobs().stream()
                .filter(jobId -> !messages.containsKey(jobId))
                .toList();
        messages.putAll(OutcomeTable.answers(connection, doneBefore));
        if (!messages.keySet().containsAll(batch.jobs())) {
            throw new SegmentationException(FailureCode.INTERNAL_ERROR, WHERE); // done once, and dropped since
        }
        List<CaseResultTable.Row> closed = new ArrayList<>(closedNow);
        Set<String> closers = new LinkedHashSet<>(doneBefore);
        batch.timeouts().forEach(timeout -> closers.add(timeout.id()));
        closedNow.forEach(row -> closers.remove(row.closingJobId()));
        closed.addAll(CaseResultTable.closedBy(connection, closers));
        return new Saved(messages, closed);
    }
}
