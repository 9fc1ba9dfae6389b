package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;

/**
 * Which dead letters are asked for; what is empty does not matter.
 *
 * @param ids of jobs, or of messages that could not be read
 * @param codes any of these
 * @param type of the code
 * @param from when the letter was stored, not before
 * @param until when the letter was stored, before
 * @param checkpoint by what the job was to be done
 * @param caseId of which case
 * @param topic of the message, which tells the lane
 */
public record DeadLetterFilter(
        List<String> ids,
        Set<FailureCode> codes,
        Optional<FailureType> type,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<CheckpointChoice> checkpoint,
        Optional<String> caseId,
        Optional<String> topic) {

    /** Every dead letter. */
    public static final DeadLetterFilter ALL = new DeadLetterFilter(
            List.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public DeadLetterFilter {
        ids = List.copyOf(ids);
        codes = Set.copyOf(codes);
        requireNonNull(type, "type");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(caseId, "caseId");
        requireNonNull(topic, "topic");
    }

    /** These alone. */
    public static DeadLetterFilter of(List<String> ids) {
        return new DeadLetterFilter(
                ids, ALL.codes, ALL.type, ALL.from, ALL.until, ALL.checkpoint, ALL.caseId, ALL.topic);
    }

    /** As conditions on rows of {@code job_outcome AS found}. */
    Conditions conditions() {
        Conditions conditions = new Conditions().and("found.kind = 'dead_letter'"); // as text: an index is made for it
        if (!ids.isEmpty()) {
            conditions.and("found.job_id = ANY (?)", (Object) ids.toArray(String[]::new));
        }
        if (!codes.isEmpty()) {
            conditions.and("found.failure_code = ANY (?)", (Object) names(codes.stream()));
        }
        type.ifPresent(wanted -> conditions.and("found.failure_code = ANY (?)", (Object)
                names(Arrays.stream(FailureCode.values()).filter(code -> code.type() == wanted))));
        from.ifPresent(moment -> conditions.and("found.created_at >= ?", FindingConditions.at(moment)));
        until.ifPresent(moment -> conditions.and("found.created_at < ?", FindingConditions.at(moment)));
        checkpoint.ifPresent(choice -> choice.restrict(conditions));
        caseId.ifPresent(id -> conditions.and("found.case_id = ?", id));
        topic.ifPresent(name -> conditions.and("found.source_topic = ?", name));
        return conditions;
    }

    private static String[] names(Stream<FailureCode> codes) {
        return codes.map(FailureCode::name).toArray(String[]::new);
    }
}
