package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.DeadLetterDetails;
import org.lesionstream.worker.persist.DeadLetterQueries;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter: the job, what its code means and what to do, and its replays. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows a dead letter: the job without pixels, what its code means and what to do, and its replays.")
final class ShowDeadLetterCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the job, or unreadable:<topic>:<partition>:<offset>.")
    private String id;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--json", description = "Print one JSON document instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final DeadLetterText text = new DeadLetterText();

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Optional<DeadLetterDetails> details = new DeadLetterQueries(database.source()).details(id);
            if (details.isEmpty()) {
                spec.commandLine().getErr().println("show: no dead letter of such a job, now or before");
                return ExitCode.SOFTWARE;
            }
            if (json) {
                out.println(text.json(details.get()));
            } else {
                out.print(text.show(details.get()));
            }
            out.flush();
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            spec.commandLine().getErr().println("show: the database does not answer (" + failure.code() + ")");
            return ExitCode.SOFTWARE;
        }
    }
}
