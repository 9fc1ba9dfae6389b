package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.DeadLetterReplays;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.PublisherSettings;
import org.lesionstream.worker.publish.SourceMessages;
import org.lesionstream.worker.replay.DeadLetterReplayer;
import org.lesionstream.worker.replay.ReplayLine;
import org.lesionstream.worker.replay.ReplayOrder;
import org.lesionstream.worker.replay.ReplayTally;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends the jobs of dead letters on their way again, once somebody has seen what that would do. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Says which dead letters would be replayed, how many by code, and which cannot be; with --yes it replays them.",
            "A replayed job gets a number, and its new outcome takes the place of the dead letter, which is kept.",
            "Nothing is replayed twice by accident: what is under way is refused until it has an outcome, or with --again.",
            "A message that could not be read is sent again byte for byte: worth it only after an upgrade of the workers.",
            "Its answer stands under its new position. Upgrade all workers before the first replay."
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Jobs, or messages that could not be read; without any, all that the options choose.")
    private List<String> ids = List.of();

    @Mixin
    private DeadLetterOptions letters;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--all", description = "Every dead letter, if neither ids nor options choose.")
    private boolean all;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(
            names = "--again",
            description = "Also those that are under way already, under the same number: for messages that were lost.")
    private boolean again;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who asks for it, kept with the replay. Default: ${DEFAULT-VALUE}")
    private String by;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description =
                    "Most dead letters, the newest of the choice, refused ones included. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "BYTES",
            defaultValue = "${env:LESIONSTREAM_TOPICS_MAX_MESSAGE_BYTES:-8388608}",
            description = "Longest message that is sent. Default: ${DEFAULT-VALUE}")
    private int maxMessageBytes;

    @Option(names = "--json", description = "Print one JSON document instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final DeadLetterText text = new DeadLetterText();

    @Override
    public Integer call() {
        DeadLetterFilter choice = letters.filter(ids);
        if (choice.equals(DeadLetterFilter.ALL) && !all) {
            throw new ParameterException(
                    spec.commandLine(), "Say which: ids, options such as --code, or --all for every dead letter");
        }
        ReplayOrder order = order();
        PublisherSettings settings = new PublisherSettings(
                kafka.broker(), "replay", kafka.topics(), URI.create("/lesionstream/replay"), maxMessageBytes);
        PGSimpleDataSource source = database.source();
        MessageCodec codec = new MessageCodec();
        InstantSource clock = InstantSource.system();
        try (JobSubmitter submitter = new JobSubmitter(settings, codec, clock)) {
            return replay(
                    new DeadLetterReplayer(
                            new DeadLetterQueries(source),
                            new DeadLetterReplays(source),
                            () -> new SourceMessages(kafka.broker(), clock),
                            submitter,
                            codec,
                            kafka.topics(),
                            clock),
                    choice,
                    order);
        } catch (SegmentationException failure) {
            spec.commandLine()
                    .getErr()
                    .println("replay: the database or the broker does not do that now (" + failure.code()
                            + "); what was sent is under way, and what was not may be replayed in a minute");
            return ExitCode.SOFTWARE;
        }
    }

    private ReplayOrder order() {
        try {
            return new ReplayOrder(yes, again, by, limit);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), "--" + refused.getMessage(), refused);
        }
    }

    /** Fails if something that was named by its id cannot be replayed; of a choice by options that is expected. */
    private int replay(DeadLetterReplayer replayer, DeadLetterFilter choice, ReplayOrder order) {
        PrintWriter out = spec.commandLine().getOut();
        ReplayTally tally = new ReplayTally();
        ArrayNode jobs = new ObjectMapper().createArrayNode();
        if (!json) {
            out.print(text.replayHead());
        }
        boolean more = replayer.replay(choice, order, line -> {
            tally.add(line);
            print(line, jobs);
        });
        if (json) {
            ObjectNode document = text.json(tally, !yes, more);
            document.set("jobs", jobs);
            out.println(document);
        } else {
            if (!yes) {
                out.println("Nothing was sent; --yes does it.");
            }
            out.println(text.total(tally, !yes, more));
        }
        out.flush();
        return ids.isEmpty() || tally.refusedInAll() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(ReplayLine line, ArrayNode jobs) {
        if (json) {
            jobs.add(text.json(line));
        } else {
            spec.commandLine().getOut().print(text.line(line));
            spec.commandLine().getOut().flush();
        }
    }
}
