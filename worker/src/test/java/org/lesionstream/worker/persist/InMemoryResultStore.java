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
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.failure.SegmentationException;

/** A result store for tests that need none; held to the same contract as the real one. */
public final class InMemoryResultStore implements ResultStore {

    /** A case, as its row would be. */
    private static final class Case {
        private int images;
        private int finished;
        private int revision;
        private Optional<Digest> pinned = Optional.empty();
        private final Map<Integer, CaseLedger.ImageState> states = new HashMap<>();
        private final TreeMap<Integer, ImageTotals> totals = new TreeMap<>();
    }

    private final MessageCodec codec = new MessageCodec();
    private final Map<CaseKey, Case> cases = new HashMap<>();
    private final Map<String, OutcomeRow> outcomes = new HashMap<>();
    private final Map<String, OutgoingMessage> caseResults = new HashMap<>();

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
                        : new JobRegistration(false, cases.get(CaseKey.of(request.job())).pinned, 0))
                .toList();
    }

    @Override
    public synchronized List<Answer> save(List<JobOutcome> list) {
        Map<CaseKey, CaseLedger> ledgers = new LinkedHashMap<>();
        for (JobOutcome outcome : list) {
            row(outcome).filter(row -> row.caseKey().isPresent()).ifPresent(this::known);
        }
        for (JobOutcome outcome : list) {
            row(outcome).flatMap(OutcomeRow::caseKey).ifPresent(key -> ledgers.put(key, ledger(key)));
        }
        list.forEach(outcome -> row(outcome).ifPresent(row -> keep(row, ledgers)));
        ledgers.forEach(this::close);
        return list.stream()
                .map(outcome -> new Answer(outcome.envelope(), messages(outcome.jobId())))
                .toList();
    }

    private void keep(OutcomeRow row, Map<CaseKey, CaseLedger> ledgers) {
        if (outcomes.putIfAbsent(row.jobId(), row) == null) {
            row.caseKey().ifPresent(key -> ledgers.get(key)
                    .record(row.jobId(), row.image().orElseThrow(), row.kind()));
        }
    }

    private void close(CaseKey key, CaseLedger ledger) {
        Case known = cases.get(key);
        known.finished = ledger.finished();
        ledger.speakers().forEach((image, jobId) -> {
            OutcomeRow speaker = outcomes.get(jobId);
            known.states.put(image, CaseLedger.ImageState.after(speaker.kind()));
            speaker.segmented().ifPresent(found -> known.totals.put(image, totals(image, found.result())));
        });
        ledger.closing().ifPresent(closing -> {
            byte[] result =
                    codec.write(ImageTotals.sum(key, known.images, closing, List.copyOf(known.totals.values())));
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
        return new CaseLedger(known.images, known.finished, known.revision, known.states);
    }

    private List<OutgoingMessage> messages(String jobId) {
        List<OutgoingMessage> messages = new ArrayList<>();
        messages.add(Optional.ofNullable(outcomes.get(jobId))
                .orElseThrow(() -> new SegmentationException(FailureCode.INTERNAL_ERROR, "persist"))
                .message());
        Optional.ofNullable(caseResults.get(jobId)).ifPresent(messages::add);
        return messages;
    }

    private Optional<OutcomeRow> row(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Segmented segmented) {
            return Optional.of(OutcomeRow.of(segmented, codec));
        }
        return outcome instanceof JobOutcome.DeadLettered letter
                ? Optional.of(OutcomeRow.of(letter, codec))
                : Optional.empty();
    }

    private boolean done(RegistrationRequest request) {
        return outcomes.containsKey(request.job().jobId());
    }

    private static ImageTotals totals(int image, SegmentationResult result) {
        long pixels = (long) result.image().width() * result.image().height();
        return new ImageTotals(image, result.checkpoint(), pixels, result.totals());
    }
}
