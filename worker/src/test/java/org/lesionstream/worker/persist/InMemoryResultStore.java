package org.lesionstream.worker.persist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.failure.SegmentationException;

/** A result store for tests that need none; held to the same contract as the real one. It measures no volumes. */
public final class InMemoryResultStore implements ResultStore {

    /** A case, as its row would be. */
    private static final class Case {
        private int images;
        private int finished;
        private int revision;
        private Optional<Digest> pinned = Optional.empty();
        private final Map<Integer, CaseLedger.Spoken> spoken = new HashMap<>();
        private final TreeMap<Integer, ImageTotals> totals = new TreeMap<>();
    }

    private final MessageCodec codec = new MessageCodec();
    private final Map<CaseKey, Case> cases = new HashMap<>();
    private final Map<String, OutcomeRow> outcomes = new HashMap<>();
    private final Map<String, OutgoingMessage> caseResults = new HashMap<>();
    private final Map<String, Integer> replays = new HashMap<>();

    /** Asks for the replay of a dead letter; false where there is none, or its replay was asked for before. */
    public synchronized boolean requestReplay(String jobId) {
        OutcomeRow stored = outcomes.get(jobId);
        return stored != null
                && stored.kind() == OutcomeKind.DEAD_LETTER
                && replays.putIfAbsent(jobId, stored.replay() + 1) == null;
    }

    @Override
    public synchronized List<JobRegistration> register(List<RegistrationRequest> requests) {
        requests.stream().filter(request -> !done(request)).forEach(request -> {
            Case known = cases.computeIfAbsent(CaseKey.of(request.job()), key -> new Case());
            known.images = Math.max(known.images, request.job().imagingCase().images());
            known.pinned = known.pinned.or(request::currentDigest);
        });
        return requests.stream()
                .map(request -> done(request)
                        ? new JobRegistration(
                                true,
                                Optional.empty(),
                                outcomes.get(request.job().jobId()).replay())
                        : new JobRegistration(
                                false,
                                cases.get(CaseKey.of(request.job())).pinned,
                                replays.getOrDefault(request.job().jobId(), 0)))
                .toList();
    }

    @Override
    public synchronized List<Answer> save(List<JobOutcome> list) {
        Map<CaseKey, CaseLedger> ledgers = new LinkedHashMap<>();
        Batch batch = Batch.of(list, codec);
        batch.rows().values().stream().filter(row -> row.caseKey().isPresent()).forEach(this::known);
        batch.rows().values().forEach(row -> row.caseKey().ifPresent(key -> ledgers.put(key, ledger(key))));
        List<OutcomeRow> fresh =
                batch.rows().values().stream().filter(this::keep).toList();
        fresh.forEach(row -> row.expanded().ifPresent(found -> ledgers.get(
                        row.caseKey().orElseThrow())
                .expand(row.jobId(), row.image().orElseThrow(), found.parts().size())));
        fresh.forEach(row -> row.caseKey().ifPresent(key -> ledgers.get(key)
                .record(row.jobId(), row.image().orElseThrow(), row.kind())));
        batch.timeouts().stream()
                .filter(timeout -> cases.containsKey(CaseKey.of(timeout)))
                .forEach(timeout -> ledgers.computeIfAbsent(CaseKey.of(timeout), this::ledger)
                        .timeUp(timeout.id(), timeout.revision()));
        ledgers.forEach(this::close);
        return list.stream()
                .map(outcome -> new Answer(outcome.envelope(), messages(outcome)))
                .toList();
    }

    /** Whether the outcome is stored: the job has none before it that stays. */
    private boolean keep(OutcomeRow row) {
        OutcomeRow stored = outcomes.get(row.jobId());
        boolean fresh = stored == null || takesThePlaceOf(stored, row);
        if (fresh) {
            outcomes.put(row.jobId(), row);
            replays.remove(row.jobId());
        }
        return fresh;
    }

    private boolean takesThePlaceOf(OutcomeRow stored, OutcomeRow row) {
        return stored.kind() == OutcomeKind.DEAD_LETTER
                && stored.caseImage().isPresent()
                && stored.caseImage().equals(row.caseImage())
                && replays.getOrDefault(row.jobId(), 0) == row.replay()
                && row.replay() > 0;
    }

    private void close(CaseKey key, CaseLedger ledger) {
        Case known = cases.get(key);
        known.images = ledger.images();
        known.finished = ledger.finished();
        known.spoken.values().removeIf(spoken -> outcomes.get(spoken.jobId()).kind() == OutcomeKind.EXPANDED);
        ledger.speakers().forEach((image, jobId) -> {
            OutcomeRow speaker = outcomes.get(jobId);
            known.spoken.put(image, new CaseLedger.Spoken(CaseLedger.ImageState.after(speaker.kind()), jobId));
            speaker.totals().ifPresent(totals -> known.totals.put(image, totals));
        });
        ledger.closing().ifPresent(closing -> {
            List<Integer> dead = known.spoken.entrySet().stream()
                    .filter(spoken -> spoken.getValue().state() == CaseLedger.ImageState.DEAD)
                    .map(Map.Entry::getKey)
                    .toList();
            CaseImages found = new CaseImages(List.copyOf(known.totals.values()), dead);
            byte[] result = codec.write(CaseSummary.of(key, known.images, closing, found));
            known.revision = closing.revision();
            caseResults.put(closing.jobId(), Messages.caseResult(key, closing.revision(), result));
        });
    }

    private void known(OutcomeRow row) {
        cases.computeIfAbsent(row.caseKey().orElseThrow(), key -> {
            Case made = new Case();
            made.images = row.images().orElseThrow();
            return made;
        });
    }

    private CaseLedger ledger(CaseKey key) {
        Case known = cases.get(key);
        return new CaseLedger(known.images, known.finished, known.revision, known.spoken);
    }

    private List<OutgoingMessage> messages(JobOutcome outcome) {
        List<OutgoingMessage> messages = new ArrayList<>();
        if (!(outcome instanceof JobOutcome.TimedOut)) {
            messages.add(Optional.ofNullable(outcomes.get(outcome.jobId()))
                    .orElseThrow(() -> new SegmentationException(FailureCode.INTERNAL_ERROR, "persist"))
                    .message());
        }
        Optional.ofNullable(outcomes.get(outcome.jobId()))
                .flatMap(OutcomeRow::expanded)
                .ifPresent(
                        found -> messages.addAll(Messages.children(outcome.job().orElseThrow(), found.parts(), codec)));
        Optional.ofNullable(caseResults.get(outcome.jobId())).ifPresent(messages::add);
        return messages;
    }

    private boolean done(RegistrationRequest request) {
        OutcomeRow stored = outcomes.get(request.job().jobId());
        boolean wanted = replays.containsKey(request.job().jobId());
        return stored != null && !(wanted && stored.caseKey().equals(Optional.of(CaseKey.of(request.job()))));
    }
}
