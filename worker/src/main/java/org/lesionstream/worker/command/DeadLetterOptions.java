package org.lesionstream.worker.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.persist.CheckpointChoice;
import org.lesionstream.worker.persist.DayOrMoment;
import org.lesionstream.worker.persist.DeadLetterFilter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which dead letters are meant; several options must all hold. */
final class DeadLetterOptions {
    @Option(names = "--code", paramLabel = "CODE", description = "Only with this code; may be repeated.")
    private Set<FailureCode> codes = Set.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only with codes of this type: ${COMPLETION-CANDIDATES}.")
    private Optional<FailureType> type = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not before this day (UTC) or moment: 2026-01-31 or 2026-01-31T12:00:00Z.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Up to this day (UTC), which belongs to it, or before this moment.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--checkpoint",
            paramLabel = "REF",
            description = "Only for this checkpoint: name, name@alias as the jobs asked, name@version or a digest.")
    private Optional<String> checkpoint = Optional.empty();

    @Option(names = "--case", paramLabel = "ID", description = "Only of this case.")
    private Optional<String> caseId = Optional.empty();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only what came by this topic, which tells the lane.")
    private Optional<String> topic = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** @throws ParameterException if an option cannot be read; the message does not repeat it */
    DeadLetterFilter filter(List<String> ids) {
        return new DeadLetterFilter(
                ids,
                codes,
                type,
                time("--from", DayOrMoment::from, from),
                time("--to", DayOrMoment::until, to),
                checkpoint(),
                caseId,
                topic);
    }

    private Optional<Instant> time(String option, Function<String, Instant> parser, Optional<String> text) {
        try {
            return text.map(parser);
        } catch (DateTimeException notATime) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be a day or a moment such as 2026-01-31T12:00:00Z", notATime);
        }
    }

    private Optional<CheckpointChoice> checkpoint() {
        try {
            return checkpoint.map(CheckpointChoice::new);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--checkpoint must be a name, name@alias, name@version or name@sha256:digest",
                    refused);
        }
    }
}
