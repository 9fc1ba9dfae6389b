package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.FailureAdvice;
import org.lesionstream.worker.persist.DeadLetterDetails;
import org.lesionstream.worker.persist.DeadLetterOverview;
import org.lesionstream.worker.persist.EarlierLetter;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.PendingReplay;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.replay.ReplayLine;
import org.lesionstream.worker.replay.ReplayTally;

/** Dead letters for people, as lines, and for programs, as JSON. */
final class DeadLetterText {
    private static final String LINE = "%-20s  %-40s  %-28s  %-9s  %-20s  %s%n";
    private static final String REPLAY_LINE = "%-40s  %-28s  %6s  %s%n";

    private final ObjectMapper json = new ObjectMapper();

    String listHead() {
        return LINE.formatted("STORED", "JOB", "CODE", "TYPE", "CASE", "REPLAY");
    }

    String line(DeadLetterOverview letter) {
        return LINE.formatted(
                letter.createdAt().truncatedTo(ChronoUnit.SECONDS),
                letter.jobId(),
                letter.code(),
                letter.type(),
                letter.caseId().orElse("-"),
                letter.pending()
                        .map(DeadLetterText::pending)
                        .orElse(letter.replay() == 0 ? "-" : String.valueOf(letter.replay())));
    }

    ObjectNode json(DeadLetterOverview letter) {
        ObjectNode node = json.createObjectNode();
        node.put("jobId", letter.jobId());
        node.put("code", letter.code());
        node.put("type", letter.type());
        node.put("attempts", letter.attempts());
        node.put("caseId", letter.caseId().orElse(null));
        node.put("reference", letter.reference().orElse(null));
        node.put("image", letter.image().orElse(null));
        node.set("source", json(letter.source()));
        node.put("replay", letter.replay());
        node.set("pending", letter.pending().map(this::json).orElse(null));
        node.put("createdAt", letter.createdAt().toString());
        return node;
    }

    /** All about one, several lines. */
    String show(DeadLetterDetails details) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        text.append("%s: %s since %s, replay %d%n"
                .formatted(
                        details.jobId(),
                        outcome(details.outcome()),
                        details.since().truncatedTo(ChronoUnit.SECONDS),
                        details.replay()));
        if (details.letter().isPresent()) {
            text.append(show(details.letter().get()));
        }
        for (EarlierLetter earlier : details.earlier()) {
            text.append("replay %d asked for %s by %s: was %s since %s, %s%s%n"
                    .formatted(
                            earlier.replay(),
                            earlier.requestedAt().truncatedTo(ChronoUnit.SECONDS),
                            earlier.requestedBy(),
                            earlier.code(),
                            earlier.deadSince().truncatedTo(ChronoUnit.SECONDS),
                            earlier.published()
                                    .map(position -> "sent to " + position)
                                    .orElse("not sent"),
                            earlier.traceParent()
                                    .map(trace -> ", traceparent " + trace)
                                    .orElse("")));
        }
        return text.toString();
    }

    private static String outcome(OutcomeKind kind) {
        return switch (kind) {
            case SEGMENTED -> "segmented";
            case EXPANDED -> "expanded";
            case DEAD_LETTER -> "dead letter";
        };
    }

    private String show(StoredLetter letter) throws JsonProcessingException {
        DeadLetterOverview overview = letter.overview();
        JsonNode message = json.readTree(letter.message());
        StringBuilder text = new StringBuilder();
        String where = message.path("where").asText();
        text.append("  code      %s (%s) at %s, attempts %d%n"
                .formatted(overview.code(), overview.type(), where.isEmpty() ? "-" : where, overview.attempts()));
        advice(overview.code())
                .ifPresent(advice ->
                        text.append("  meaning   %s%n  remedy    %s%n".formatted(advice.meaning(), advice.remedy())));
        text.append("  source    %s, %d bytes, sha256 %s%n"
                .formatted(
                        overview.source(),
                        message.at("/source/length").asLong(),
                        message.at("/source/sha256").asText()));
        text.append("  job       %s%n"
                .formatted(message.has("job") ? message.get("job") : "could not be read, so nothing of it is kept"));
        overview.pending().ifPresent(pending -> text.append("  pending   %s%n".formatted(pending(pending))));
        return text.toString();
    }

    ObjectNode json(DeadLetterDetails details) throws JsonProcessingException {
        ObjectNode node = json.createObjectNode();
        node.put("jobId", details.jobId());
        node.put("outcome", details.outcome().name());
        node.put("since", details.since().toString());
        node.put("replay", details.replay());
        if (details.letter().isPresent()) {
            StoredLetter letter = details.letter().get();
            node.set("letter", json.readTree(letter.message()));
            node.set("pending", letter.overview().pending().map(this::json).orElse(null));
            advice(letter.overview().code()).ifPresent(advice -> node.putObject("advice")
                    .put("meaning", advice.meaning())
                    .put("remedy", advice.remedy()));
        }
        ArrayNode replays = node.putArray("earlier");
        for (EarlierLetter earlier : details.earlier()) {
            ObjectNode replay = replays.addObject();
            replay.put("replay", earlier.replay());
            replay.put("code", earlier.code());
            replay.put("deadSince", earlier.deadSince().toString());
            replay.put("requestedAt", earlier.requestedAt().toString());
            replay.put("requestedBy", earlier.requestedBy());
            replay.set("published", earlier.published().map(this::json).orElse(null));
            replay.put("traceparent", earlier.traceParent().orElse(null));
            replay.set("letter", json.readTree(earlier.message()));
        }
        return node;
    }

    String replayHead() {
        return REPLAY_LINE.formatted("JOB", "CODE", "REPLAY", "");
    }

    String line(ReplayLine line) {
        return REPLAY_LINE.formatted(
                line.jobId(),
                line.code().orElse("-"),
                line.replay().map(String::valueOf).orElse("-"),
                line.refusal()
                        .map(refusal -> "not: " + refusal.text())
                        .orElseGet(() -> line.way().orElseThrow().text()
                                + line.position()
                                        .map(position -> ", now " + position)
                                        .orElse("")));
    }

    ObjectNode json(ReplayLine line) {
        ObjectNode node = json.createObjectNode();
        node.put("jobId", line.jobId());
        node.put("code", line.code().orElse(null));
        node.put("replay", line.replay().orElse(null));
        node.put("way", line.way().map(Enum::name).orElse(null));
        node.set("position", line.position().map(this::json).orElse(null));
        node.put("refusal", line.refusal().map(Enum::name).orElse(null));
        return node;
    }

    /** The last line: {@code replay: dry-run=… replayed=… refused=… more=…}, and the counts by code and reason. */
    String total(ReplayTally tally, boolean dryRun, boolean more) {
        StringBuilder text = new StringBuilder("replay: dry-run=%s replayed=%d refused=%d more=%s"
                .formatted(dryRun, tally.replayedInAll(), tally.refusedInAll(), more));
        tally.replayed()
                .forEach((code, count) ->
                        text.append(' ').append(code).append('=').append(count));
        tally.refused()
                .forEach((refusal, count) ->
                        text.append(" refused-").append(refusal).append('=').append(count));
        return text.toString();
    }

    ObjectNode json(ReplayTally tally, boolean dryRun, boolean more) {
        ObjectNode node = json.createObjectNode();
        node.put("dry-run", dryRun);
        node.set("replayed", json.valueToTree(tally.replayed()));
        node.set("refused", json.valueToTree(tally.refused()));
        node.put("more", more);
        return node;
    }

    private ObjectNode json(Position position) {
        return json.createObjectNode()
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset());
    }

    private ObjectNode json(PendingReplay pending) {
        return json.createObjectNode()
                .put("replay", pending.number())
                .put("requestedAt", pending.requestedAt().toString())
                .put("sent", pending.sent());
    }

    private static String pending(PendingReplay pending) {
        return "%d asked for %s, %s"
                .formatted(
                        pending.number(),
                        pending.requestedAt().truncatedTo(ChronoUnit.SECONDS),
                        pending.sent() ? "sent" : "not sent");
    }

    /** Empty for a code of a later version. */
    private static Optional<FailureAdvice> advice(String code) {
        return Arrays.stream(FailureCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(FailureAdvice::on);
    }
}
