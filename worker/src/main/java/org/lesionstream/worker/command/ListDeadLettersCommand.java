package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.JobCursor;
import org.lesionstream.worker.persist.StoredLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists dead letters, a page at a time; never anything that a job or a refused message held but its ids. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the jobs that could not be done, the newest first.")
final class ListDeadLettersCommand implements Callable<Integer> {
    private static final int LARGEST_PAGE = 10_000;

    @Mixin
    private DeadLetterOptions letters;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most lines, 1 to 10000. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--after", paramLabel = "PLACE", description = "Where to go on: what the page before said.")
    private Optional<String> after = Optional.empty();

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final DeadLetterText text = new DeadLetterText();

    @Override
    public Integer call() {
        if (size < 1 || size > LARGEST_PAGE) {
            throw new ParameterException(spec.commandLine(), "--size must be from 1 to " + LARGEST_PAGE);
        }
        DeadLetterFilter filter = letters.filter(List.of());
        try {
            print(new DeadLetterQueries(database.source()).page(filter, cursor(), size + 1));
            return ExitCode.OK;
        } catch (SegmentationException failure) {
            spec.commandLine().getErr().println("list: the database does not answer (" + failure.code() + ")");
            return ExitCode.SOFTWARE;
        }
    }

    private Optional<JobCursor> cursor() {
        try {
            return after.map(JobCursor::parse);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), "--after is no place in a list", notOne);
        }
    }

    private void print(List<StoredLetter> found) {
        PrintWriter out = spec.commandLine().getOut();
        List<StoredLetter> page = found.subList(0, Math.min(size, found.size()));
        Optional<String> next = found.size() > size
                ? Optional.of(page.get(size - 1).overview().cursor().toString())
                : Optional.empty();
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode();
            ArrayNode lines = node.putArray("deadLetters");
            page.forEach(letter -> lines.add(text.json(letter.overview())));
            node.put("next", next.orElse(null));
            out.println(node);
        } else {
            out.print(text.listHead());
            page.forEach(letter -> out.print(text.line(letter.overview())));
            next.ifPresent(place -> out.println("more: --after " + place));
        }
        out.flush();
    }
}
