package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.ImagePart;
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
 *   <li>insert the outcomes, those that certainly speak for their image marked so, or put them in the place of the dead letter that
 *       they are the replay of; what comes back is new;
 *   <li>for these, insert masks, totals and lesions, and the images of those that go on as many;
 *   <li>count the images of their cases, and mark the outcome that speaks for each of the others;
 *   <li>sum up the cases that are complete now or whose time is up, and write counters and case results, which are due for the sink from now
 *       on where there is one;
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
    private final boolean sink;

    /** A store whose results go to no sink. */
    public PostgresResultStore(DataSource source, MessageCodec codec) {
        this(source, codec, false);
    }

    /** @param sink whether the results of closed cases are to be written to a sink, too; see {@link SinkQueue} */
    public PostgresResultStore(DataSource source, MessageCodec codec, boolean sink) {
        this.database = new Database(source, WHERE);
        this.codec = codec;
        this.sink = sink;
        this.volumes = new CaseVolumes(database, codec);
    }

    @Override
    public List<JobRegistration> register(List<RegistrationRequest> requests) {
        return requests.isEmpty()
                ? List.of()
                : database.inTransactionByKey(connection -> Registrations.register(connection, requests));
    }

    @Override
    public List<Answer> save(List<JobOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        Batch batch = Batch.of(outcomes, codec);
        Saved saved = database.inTransactionByKey(connection -> save(connection, batch));
        Map<String, OutgoingMessage> caseResults = new HashMap<>();
        for (CaseResultTable.Row row : saved.closed()) {
            CaseResultTable.Row complete = row.volumePending() ? volumes.complete(row) : row;
            caseResults.put(
                    row.closingJobId(), Messages.caseResult(complete.key(), complete.revision(), complete.message()));
        }
        return outcomes.stream()
                .map(outcome -> new Answer(
                        outcome.envelope(),
                        Stream.of(
                                        Stream.ofNullable(saved.messages().get(outcome.jobId())),
                                        children(outcome, saved),
                                        Stream.ofNullable(caseResults.get(outcome.jobId())))
                                .flatMap(messages -> messages)
                                .toList()))
                .toList();
    }

    /** The jobs that a job with many images goes on as; published again with every repetition of its answer. */
    private Stream<OutgoingMessage> children(JobOutcome outcome, Saved saved) {
        return Stream.ofNullable(saved.parts().get(outcome.jobId()))
                .flatMap(parts -> Messages.children(outcome.job().orElseThrow(), parts, codec).stream());
    }

    /**
     * What became of a batch.
     *
     * @param messages the answer to every job
     * @param parts the images of those jobs that went on as many, by job
     * @param closed the case results that its jobs and control records closed
     */
    private record Saved(
            Map<String, OutgoingMessage> messages,
            Map<String, List<ImagePart>> parts,
            List<CaseResultTable.Row> closed) {}

    private Saved save(Connection connection, Batch batch) throws SQLException {
        Map<CaseKey, CaseLedger> ledgers = lock(connection, batch);
        Set<String> speaking = undisputed(batch.rows().values(), ledgers);
        Map<String, OutcomeRow> stored = new LinkedHashMap<>(batch.rows());
        stored.keySet().retainAll(OutcomeTable.insert(connection, batch.rows().values(), speaking));
        Collection<OutcomeRow> fresh = stored.values();
        FindingTables.insert(
                connection,
                fresh.stream().flatMap(row -> row.segmented().stream()).toList());
        ExpansionTable.insert(
                connection,
                fresh.stream().flatMap(row -> row.expanded().stream()).toList());
        count(fresh, batch.timeouts(), ledgers);
        OutcomeTable.speak(
                connection,
                speakers(ledgers)
                        .filter(speaker -> !speaking.contains(speaker.jobId()))
                        .toList());
        List<CaseResultTable.Row> closed = close(connection, ledgers, stored);
        return saved(connection, batch, fresh, closed);
    }

    private static Map<CaseKey, CaseLedger> lock(Connection connection, Batch batch) throws SQLException {
        Set<CaseKey> keys = new LinkedHashSet<>();
        Set<CaseTable.CaseImageKey> images = new LinkedHashSet<>();
        for (OutcomeRow row : batch.rows().values()) {
            row.caseImage().ifPresent(image -> {
                keys.add(image.key());
                images.add(image);
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

    /** Jobs whose outcome speaks for its image if it is new: no other one did before, and none in the list wants to. */
    private static Set<String> undisputed(Collection<OutcomeRow> rows, Map<CaseKey, CaseLedger> ledgers) {
        Map<CaseTable.CaseImageKey, List<String>> jobs = new HashMap<>();
        for (OutcomeRow row : rows) {
            row.caseImage()
                    .filter(image -> row.expanded().isEmpty())
                    .filter(image -> !ledgers.get(image.key()).spokenFor(image.image()))
                    .ifPresent(image -> jobs.computeIfAbsent(image, same -> new ArrayList<>())
                            .add(row.jobId()));
        }
        return jobs.values().stream()
                .filter(same -> same.size() == 1)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static void count(
            Collection<OutcomeRow> fresh, List<CaseTimeout> timeouts, Map<CaseKey, CaseLedger> ledgers) {
        for (OutcomeRow row : fresh) {
            row.expanded().ifPresent(found -> ledgers.get(row.caseKey().orElseThrow())
                    .expand(
                            row.jobId(),
                            row.image().orElseThrow(),
                            found.parts().size()));
        }
        for (OutcomeRow row : fresh) {
            row.caseImage().ifPresent(image -> ledgers.get(image.key()).record(row.jobId(), image.image(), row.kind()));
        }
        for (CaseTimeout timeout : timeouts) { // of a case that was dropped since, nothing is left to close
            Optional.ofNullable(ledgers.get(CaseKey.of(timeout)))
                    .ifPresent(ledger -> ledger.timeUp(timeout.id(), timeout.revision()));
        }
    }

    private static Stream<OutcomeTable.Speaker> speakers(Map<CaseKey, CaseLedger> ledgers) {
        return ledgers.entrySet().stream().flatMap(entry -> entry.getValue().speakers().entrySet().stream()
                .map(speaker -> new OutcomeTable.Speaker(
                        entry.getKey(),
                        speaker.getKey(),
                        speaker.getValue(),
                        entry.getValue().spokenFor(speaker.getKey()))));
    }

    /** Writes what changed in the cases, and the case results that are due; returns those. */
    private List<CaseResultTable.Row> close(
            Connection connection, Map<CaseKey, CaseLedger> ledgers, Map<String, OutcomeRow> stored)
            throws SQLException {
        List<CaseTable.Count> counts = new ArrayList<>();
        Map<CaseKey, CaseLedger> closing = new LinkedHashMap<>();
        ledgers.forEach((key, ledger) -> {
            if (ledger.changed()) {
                counts.add(new CaseTable.Count(key, ledger.images(), ledger.finished(), ledger.closing()));
            }
            if (ledger.closing().isPresent()) {
                closing.put(key, ledger);
            }
        });
        CaseTable.update(connection, counts);
        List<CaseResultTable.Row> results = CaseImages.of(connection, closing, stored).entrySet().stream()
                .map(found -> result(found.getKey(), closing.get(found.getKey()), found.getValue()))
                .toList();
        CaseResultTable.insert(connection, results);
        if (sink) {
            SinkTable.insert(connection, results);
        }
        return results;
    }

    private CaseResultTable.Row result(CaseKey key, CaseLedger ledger, CaseImages found) {
        CaseLedger.Closing closing = ledger.closing().orElseThrow();
        return new CaseResultTable.Row(
                key,
                closing.revision(),
                closing.jobId(),
                closing.byTime(),
                found.segmented().stream().map(ImageTotals::jobId).toList(),
                found.segmented().stream().anyMatch(ImageTotals::slice),
                codec.write(CaseSummary.of(key, ledger.images(), closing, found)));
    }

    /** The images of jobs that went on as many, now or before. */
    private static Map<String, List<ImagePart>> parts(
            Connection connection, Collection<OutcomeRow> fresh, Map<String, OutgoingMessage> messages)
            throws SQLException {
        Map<String, List<ImagePart>> parts = new HashMap<>();
        fresh.forEach(row -> row.expanded().ifPresent(found -> parts.put(row.jobId(), found.parts())));
        List<String> before = messages.entrySet().stream()
                .filter(message -> message.getValue().type() == MessageType.JOB_EXPANSION)
                .map(Map.Entry::getKey)
                .filter(jobId -> !parts.containsKey(jobId))
                .toList();
        parts.putAll(ExpansionTable.of(connection, before));
        return parts;
    }

    private static Saved saved(
            Connection connection, Batch batch, Collection<OutcomeRow> fresh, List<CaseResultTable.Row> closedNow)
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
        // the result that the dead letter closed may not have been published when its replay took its place
        fresh.stream().filter(row -> row.replay() > 0).map(OutcomeRow::jobId).forEach(closers::add);
        batch.timeouts().forEach(timeout -> closers.add(timeout.id()));
        closedNow.forEach(row -> closers.remove(row.closingJobId()));
        closed.addAll(CaseResultTable.closedBy(connection, closers));
        return new Saved(messages, parts(connection, fresh, messages), closed);
    }
}
