package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.Retention;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets go of masks or of whole cases, by age and by case id, and says what it did. */
@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = {
            "Drops masks, or whole cases, that are old enough or belong to the named cases, and says what it did.",
            "Works in batches beside running workers and may be interrupted and repeated. Keep outcomes longer than the",
            "topics keep their messages: a job that is delivered again after its outcome was deleted is done again. A stack",
            "of slices whose masks are dropped before its case is closed gets no volume."
        })
public final class RetentionCommand implements Callable<Integer> {

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationText.class,
            description =
                    "Only what is older: masks by their own age, cases by that of their newest outcome; 90d, 12h.")
    private Optional<Duration> olderThan = Optional.empty();

    @Option(
            names = "--case",
            paramLabel = "ID",
            description = "Only this case, under every reference; may be repeated.")
    private List<String> cases = List.of();

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--dry-run", description = "Change nothing, and say what would go.")
    private boolean dryRun;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most cases or masks of one transaction. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Mixin
    private DatabaseOptions database;

    @Option(names = "--json", description = "Print one JSON document instead of a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** One of the two. */
    private static final class What {
        @Option(names = "--empty", description = "Drop the masks and keep all statistics.", required = true)
        private boolean empty;

        @Option(names = "--delete", description = "Drop cases with all that was found in them.", required = true)
        private boolean delete;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        if (olderThan.isEmpty() && cases.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Say what may go: --older-than TIME, --case ID, or both");
        }
        if (batch < 1) {
            throw new ParameterException(spec.commandLine(), "--batch must be positive, was " + batch);
        }
        Retention retention = new Retention(database.source(), batch);
        Retention.Scope scope = new Retention.Scope(olderThan, cases);
        try {
            print(removed(retention, scope));
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            spec.commandLine()
                    .getErr()
                    .println("retention: the database does not do that now (" + failure.code()
                            + "); what was done so far stays done, and repeating the command goes on");
            return ExitCode.SOFTWARE;
        }
    }

    private Retention.Removed removed(Retention retention, Retention.Scope scope) {
        if (dryRun) {
            return retention.preview(scope, what.delete);
        }
        return what.empty ? retention.emptyMasks(scope, this::progress) : retention.deleteCases(scope, this::progress);
    }

    private void progress(Retention.Removed soFar) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf("%d cases, %d masks so far%n", soFar.cases(), soFar.masks());
        err.flush();
    }

    private void print(Retention.Removed removed) throws JsonProcessingException {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("dry-run", dryRun);
        said.put("cases", removed.cases());
        said.put("outcomes", removed.outcomes());
        said.put("lesions", removed.lesions());
        said.put("masks", removed.masks());
        said.put("mask-bytes", removed.maskBytes());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(said));
        } else {
            StringBuilder line = new StringBuilder("retention:");
            said.forEach(
                    (name, value) -> line.append(' ').append(name).append('=').append(value));
            out.println(line);
        }
    }
}
