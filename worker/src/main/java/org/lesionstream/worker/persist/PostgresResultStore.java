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
import javax.sql.DataSource;
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
 *   <li>sum up the cases that are complete now, and write counters and case results;
 *   <li>read the messages of jobs that were done before.
 * </ol>
 *
 * <p>Locks are taken in one order everywhere, cases by id, then outcomes by job id, so workers wait for each other but never
 * in a circle.
 */
public final class PostgresResultStore implements ResultStore {
    private static final String WHERE = "persist";

    private final Database database;
    private final MessageCodec codec;

    public PostgresResultStore(DataSource source, MessageCodec codec) {
        this.database = new Database(source, WHERE);
        this.codec = codec;
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
        Map<String, OutcomeRow> rows = firstOfEachJob(outcomes);
        Map<String, List<OutgoingMessage>> messages =
                database.inTransaction(connection -> save(connection, rows, jobIds(outcomes)));
        return outcomes.stream()
                .map(outcome -> new Answer(outcome.envelope(), messages.get(outcome.jobId())))
                .toList();
    }

    private Map<String, List<OutgoingMessage>> save(
            Connection connection, Map<String, OutcomeRow> rows, Set<String> jobIds) throws SQLException {
        Map<CaseKey, CaseLedger> ledgers = lock(connection, rows.values());
        Set<String> inserted = OutcomeTable.insert(connection, rows.values());
        List<OutcomeRow> fresh = rows.values().stream()
                .filter(row -> inserted.contains(row.jobId()))
                .toList();
        FindingTables.insert(
                connection,
                fresh.stream().flatMap(row -> row.segmented().stream()).toList());
        count(fresh, ledgers);
        OutcomeTable.speak(connection, speakers(ledgers));
        Map<String, List<OutgoingMessage>> messages = new HashMap<>();
        fresh.forEach(row -> messages.put(row.jobId(), new ArrayList<>(List.of(row.message()))));
        close(connection, ledgers)
                .forEach((jobId, result) -> messages.get(jobId).add(result));
        Set<String> doneBefore =
                jobIds.stream().filter(jobId -> !inserted.contains(jobId)).collect(Collectors.toSet());
        messages.putAll(OutcomeTable.answers(connection, doneBefore));
        if (!messages.keySet().containsAll(jobIds)) {
            throw new SegmentationException(FailureCode.INTERNAL_ERROR, WHERE); // done once, and dropped since
        }
        return messages;
    }

    private static Map<CaseKey, CaseLedger> lock(Connection connection, Collection<OutcomeRow> rows)
            throws SQLException {
        Set<CaseKey> keys = new LinkedHashSet<>();
        Set<CaseTable.CaseImageKey> images = new LinkedHashSet<>();
        for (OutcomeRow row : rows) {
            row.caseKey().ifPresent(key -> {
                keys.add(key);
                images.add(new CaseTable.CaseImageKey(key, row.image().orElseThrow()));
            });
        }
        Map<CaseKey, CaseLedger> ledgers = CaseTable.lock(connection, keys, images);
        if (ledgers.keySet().containsAll(keys)) {
            return ledgers;
        }
        CaseTable.create(
                connection,
                rows.stream().filter(row -> row.caseKey().isPresent()).toList());
        return CaseTable.lock(connection, keys, images);
    }

    private static void count(List<OutcomeRow> fresh, Map<CaseKey, CaseLedger> ledgers) {
        for (OutcomeRow row : fresh) {
            row.caseKey().ifPresent(key -> ledgers.get(key)
                    .record(row.jobId(), row.image().orElseThrow(), row.kind()));
        }
    }

    private static List<OutcomeTable.Speaker> speakers(Map<CaseKey, CaseLedger> ledgers) {
        return ledgers.entrySet().stream()
                .flatMap(entry -> entry.getValue().speakers().entrySet().stream()
                        .map(speaker -> new OutcomeTable.Speaker(entry.getKey(), speaker.getKey(), speaker.getValue())))
                .toList();
    }

    /** Writes what changed in the cases, and returns the case results that are due, by closing job. */
    private Map<String, OutgoingMessage> close(Connection connection, Map<CaseKey, CaseLedger> ledgers)
            throws SQLException {
        List<CaseKey> complete = ledgers.keySet().stream()
                .filter(key -> ledgers.get(key).closing().isPresent())
                .toList();
        Map<CaseKey, List<ImageTotals>> totals = complete.isEmpty() ? Map.of() : CaseTable.totals(connection, complete);
        List<CaseTable.Count> counts = new ArrayList<>();
        ledgers.forEach((key, ledger) -> {
            if (ledger.changed()) {
                counts.add(new CaseTable.Count(
                        key, ledger.finished(), closed(key, ledger, totals.getOrDefault(key, List.of()))));
            }
        });
        CaseTable.update(connection, counts);
        Map<String, OutgoingMessage> results = new HashMap<>();
        counts.stream()
                .flatMap(count -> count.closed().stream())
                .forEach(closed -> results.put(
                        closed.closing().jobId(),
                        Messages.caseResult(closed.key(), closed.closing().revision(), closed.result())));
        return results;
    }

    private Optional<CaseTable.Closed> closed(CaseKey key, CaseLedger ledger, List<ImageTotals> totals) {
        return ledger.closing()
                .map(closing -> new CaseTable.Closed(
                        key, closing, codec.write(ImageTotals.sum(key, ledger.images(), closing, totals))));
    }

    private Map<String, OutcomeRow> firstOfEachJob(List<JobOutcome> outcomes) {
        Map<String, OutcomeRow> rows = new LinkedHashMap<>();
        for (JobOutcome outcome : outcomes) {
            if (outcome instanceof JobOutcome.Segmented segmented) {
                rows.putIfAbsent(outcome.jobId(), OutcomeRow.of(segmented, codec));
            } else if (outcome instanceof JobOutcome.DeadLettered letter) {
                rows.putIfAbsent(outcome.jobId(), OutcomeRow.of(letter, codec));
            }
        }
        return rows;
    }

    private static Set<String> jobIds(List<JobOutcome> outcomes) {
        return outcomes.stream().map(JobOutcome::jobId).collect(Collectors.toSet());
    }
}
