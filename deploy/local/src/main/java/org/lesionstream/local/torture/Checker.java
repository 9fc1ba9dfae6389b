package org.lesionstream.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesionstream.local.traffic.Publication;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.MessageType;

/**
 * Compares what was asked with what the database holds and what was published.
 *
 * <ol>
 *   <li>Every accepted job has one outcome, the one that its picture deserves, and nobody else has any.
 *   <li>Every accepted message is answered by one publication; all answers to one job carry one {@code ce_id} and say what its row says.
 *       From a share group there may be more of them, which are counted.
 *   <li>All masks of one case come from one checkpoint, although the alias moved.
 *   <li>Equal picture and equal checkpoint have equal masks, byte by byte, those of an undisturbed worker among them.
 *   <li>Every mask is what its row and its result say, and its lesions are those that are found in it again.
 *   <li>Every case was closed once, and that was published as often as its last job was asked. Here, too, a share group may repeat itself.
 * </ol>
 *
 * <p>Pure: what it is given decides. Findings name jobs and cases of the torture, never anything of a patient.
 */
final class Checker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, TortureJob> jobs;
    private final Map<String, Integer> accepted;
    private final MaskChecker masks;
    private final Stored stored;
    private final Map<String, List<Publication>> answers;
    private final Map<String, List<Publication>> caseAnswers;
    private final Intake intake;
    private final Findings findings = new Findings();

    private Checker(
            Map<String, TortureJob> jobs,
            Map<String, Integer> accepted,
            MaskChecker masks,
            Stored stored,
            List<Publication> publications,
            Intake intake) {
        this.intake = intake;
        this.jobs = jobs;
        this.accepted = accepted;
        this.masks = masks;
        this.stored = stored;
        Map<Boolean, List<Publication>> byKind = publications.stream()
                .collect(Collectors.partitioningBy(each -> each.type() == MessageType.CASE_RESULT));
        this.answers = byKind.get(false).stream().collect(Collectors.groupingBy(Publication::about));
        this.caseAnswers = byKind.get(true).stream().collect(Collectors.groupingBy(Publication::id));
    }

    /**
     * Checks everything.
     *
     * @param jobs by the id of the outcome that must come of them
     * @param accepted messages per job
     * @param intake how the jobs were shared, which decides what repetitions are
     */
    static Findings check(
            Map<String, TortureJob> jobs,
            Map<String, Integer> accepted,
            MaskChecker masks,
            Stored stored,
            List<Publication> publications,
            Intake intake) {
        Checker checker = new Checker(jobs, accepted, masks, stored, publications, intake);
        jobs.forEach(checker::job);
        checker.strangers();
        checker.cases();
        checker.equalMasks();
        return checker.findings;
    }

    private void job(String id, TortureJob job) {
        List<Publication> published = answers.getOrDefault(id, List.of());
        int asked = accepted.get(id);
        if (published.size() < asked) {
            findings.lost("%s was asked %d times and answered %d times".formatted(id, asked, published.size()));
        } else if (published.size() > asked) {
            more(
                    published.size() - asked,
                    "%s was asked %d times and answered %d times".formatted(id, asked, published.size()));
        }
        if (published.stream().map(Publication::id).distinct().count() > 1) {
            findings.corrupt("%s was answered under different ids".formatted(id));
        }
        Stored.Outcome outcome = stored.outcomes().get(id);
        if (outcome == null) {
            findings.lost("%s has no outcome in the database".formatted(id));
            return;
        }
        String deserved = job.kind().deserved();
        if (!outcome.kind().equals(deserved)) {
            findings.corrupt("%s is %s with code %s and must be %s"
                    .formatted(
                            id, outcome.kind(), outcome.message().path("code").asText("none"), deserved));
        }
        if (published.stream().anyMatch(answer -> !tree(answer.json()).equals(outcome.message()))) {
            findings.corrupt("%s was answered with something else than its row says".formatted(id));
        }
        if (outcome.kind().equals("segmented")) {
            masks.check(outcome, findings);
        }
    }

    /** More answers than questions: what a share group may do, and a consumer group must not. */
    private void more(int publications, String text) {
        switch (intake) {
            case CONSUMER_GROUP -> findings.duplicate(text);
            case SHARE_GROUP -> findings.repeated(publications);
        }
    }

    private void strangers() {
        stored.outcomes().keySet().stream()
                .filter(id -> !jobs.containsKey(id))
                .forEach(id -> findings.corrupt("%s has an outcome and was never asked".formatted(id)));
        answers.keySet().stream()
                .filter(id -> !stored.outcomes().containsKey(id))
                .forEach(id -> findings.corrupt("%s was answered and has no row".formatted(id)));
    }

    private void cases() {
        Map<String, List<Stored.CaseRevision>> revisions =
                stored.revisions().stream().collect(Collectors.groupingBy(Checker::caseName));
        for (Stored.Case each : stored.cases()) {
            String name = each.id() + "/" + each.reference();
            Set<String> digests = stored.outcomes().values().stream()
                    .filter(outcome -> each.id().equals(outcome.caseId())
                            && each.reference().equals(outcome.reference()))
                    .flatMap(outcome -> outcome.digest().stream())
                    .collect(Collectors.toSet());
            if (digests.size() > 1) {
                findings.corrupt("%s mixes %d checkpoints".formatted(name, digests.size()));
            }
            if (each.finished() != each.images() || each.revision() == 0) {
                findings.lost(
                        "%s has %d of %d images and was not closed".formatted(name, each.finished(), each.images()));
            }
            List<Stored.CaseRevision> closed = revisions.getOrDefault(name, List.of());
            if (closed.size() > 1) {
                findings.duplicate("%s was closed %d times".formatted(name, closed.size()));
            }
            closed.forEach(this::published);
        }
    }

    private void published(Stored.CaseRevision closed) {
        String id = caseName(closed) + "#" + closed.revision();
        List<Publication> published = caseAnswers.getOrDefault(id, List.of());
        int asked = accepted.getOrDefault(closed.closingJobId(), 0);
        if (published.isEmpty()) {
            findings.lost("the result of %s was never published".formatted(id));
        } else if (published.size() > asked) {
            more(
                    published.size() - asked,
                    "the result of %s was published %d times, and %s was asked %d times"
                            .formatted(id, published.size(), closed.closingJobId(), asked));
        }
        if (published.stream().anyMatch(answer -> !tree(answer.json()).equals(closed.message()))) {
            findings.corrupt("the result of %s was published otherwise than its row says".formatted(id));
        }
    }

    private void equalMasks() {
        Map<String, List<String>> digests = new HashMap<>();
        jobs.forEach((id, job) -> Optional.ofNullable(stored.outcomes().get(id))
                .flatMap(Stored.Outcome::mask)
                .ifPresent(mask -> digests.computeIfAbsent(
                                job.picture() + " under "
                                        + stored.outcomes().get(id).digest().orElse("nothing"),
                                first -> new ArrayList<>())
                        .add(Digest.of(mask.png()).hex())));
        digests.forEach((picture, found) -> {
            long different = found.stream().distinct().count();
            if (different > 1) {
                findings.corrupt("picture %s has %d different masks".formatted(picture, different));
            }
        });
    }

    private static String caseName(Stored.CaseRevision closed) {
        return closed.caseId() + "/" + closed.reference();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException noJson) {
            throw new UncheckedIOException("An answer is no JSON", noJson);
        }
    }
}
