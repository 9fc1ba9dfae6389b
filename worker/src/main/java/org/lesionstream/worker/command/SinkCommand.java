package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.worker.failure.FailureAdvice;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.SinkBacklog;
import org.lesionstream.worker.persist.SinkFailure;
import org.lesionstream.worker.persist.SinkQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says which results are not in the sink yet, and why, and has them written again. */
@Command(
        name = "sink",
        mixinStandardHelpOptions = true,
        description = {
            "Says how many closed cases wait for the sink of the results (LESIONSTREAM_SINK_LOCATION), and what could not be",
            "written, the latest first. The workers try again by themselves what may succeed later; the rest waits until",
            "somebody mends the cause and asks for it by --retry. Cases that were closed before there was a sink are none of",
            "its business: worker results writes those."
        })
final class SinkCommand implements Callable<Integer> {
    private static final int LARGEST_PAGE = 10_000;

    @Option(names = "--retry", description = "Make due now what could not be written.")
    private boolean retry;

    @Option(names = "--case", paramLabel = "ID", description = "With --retry: this case alone, under every reference.")
    private Optional<String> caseId = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most failures to list, 1 to 10000. Default: ${DEFAULT-VALUE}")
    private int size;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (size < 1 || size > LARGEST_PAGE) {
            throw new ParameterException(spec.commandLine(), "--size must be from 1 to " + LARGEST_PAGE);
        }
        if (caseId.isPresent() && !retry) {
            throw new ParameterException(spec.commandLine(), "--case goes with --retry");
        }
        SinkQueue queue = new SinkQueue(database.source());
        try {
            int retried = retry ? queue.retry(caseId) : 0;
            print(retried, queue.backlog(), queue.failures(size));
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            spec.commandLine().getErr().println("sink: the database does not answer (" + failure.code() + ")");
            return ExitCode.SOFTWARE;
        }
    }

    private void print(int retried, SinkBacklog backlog, List<SinkFailure> failures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(document(retried, backlog, failures));
            return;
        }
        for (SinkFailure failure : failures) {
            out.printf(
                    "%s  %s  revision %d  %s after %d attempts (%s)  %s%n",
                    failure.caseId(),
                    failure.reference(),
                    failure.revision(),
                    failure.code(),
                    failure.attempts(),
                    failure.again() ? "tried again" : "set aside",
                    failure.at());
        }
        failures.stream()
                .map(SinkFailure::code)
                .distinct()
                .forEach(
                        code -> out.println(code + ": " + FailureAdvice.on(code).meaning()));
        out.printf(
                "sink: due=%d oldest-seconds=%d failed=%d retried=%d%n",
                backlog.due(), backlog.oldest().toSeconds(), backlog.failed(), retried);
    }

    private static ObjectNode document(int retried, SinkBacklog backlog, List<SinkFailure> failures) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("due", backlog.due());
        document.put("oldestSeconds", backlog.oldest().toSeconds());
        document.put("failed", backlog.failed());
        document.put("retried", retried);
        ArrayNode lines = document.putArray("failures");
        for (SinkFailure failure : failures) {
            lines.addObject()
                    .put("caseId", failure.caseId())
                    .put("reference", failure.reference())
                    .put("revision", failure.revision())
                    .put("code", failure.code().name())
                    .put("again", failure.again())
                    .put("attempts", failure.attempts())
                    .put("at", failure.at().toString());
        }
        return document;
    }
}
