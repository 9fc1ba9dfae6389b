package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.trainer.registry.Ancestry;
import org.lesionstream.trainer.registry.CheckpointStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows who moved which alias, when and why, and what a version was made from. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "With --name: every movement of the aliases of a checkpoint, oldest first, and the notes",
            "about its versions; with --at what each alias named at that time.",
            "With --checkpoint: what a version was made from, back to the roots."
        })
final class HistoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "Only this alias (default: all).")
    private String alias;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description =
                    "Only what was in force then: 2026-11-20T12:00:00Z, or 2026-11-20 for the end of that day, UTC.")
    private Instant at;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    /** What the history is asked of. */
    private static final class Subject {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the checkpoint.")
        private String name;

        @Option(
                names = "--checkpoint",
                required = true,
                paramLabel = "REF",
                converter = ReferenceConverter.class,
                description = CheckpointOption.DESCRIPTION)
        private CheckpointReference checkpoint;
    }

    @Override
    public Integer call() throws IOException {
        if (subject.checkpoint == null) {
            movements(subject.name);
        } else if (alias != null || at != null) {
            throw new ParameterException(spec.commandLine(), "--alias and --at go with --name, not with --checkpoint");
        } else {
            ancestry(subject.checkpoint);
        }
        return 0;
    }

    private void movements(String name) throws IOException {
        CheckpointStore checkpoints = store.open();
        List<CheckpointManifest> versions = checkpoints.list(name);
        if (versions.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "The store has no checkpoint named '" + name + "'");
        }
        AliasHistory history = checkpoints.aliases(name);
        history = alias == null ? history : history.of(alias);
        history = at == null ? history : history.at(at);
        List<MovementLine> lines = MovementLine.of(history, versions);
        lines = at == null
                ? lines
                : lines.stream().filter(MovementLine::inForce).toList();
        boolean all = alias == null && at == null;
        List<NoteLine> notes =
                all ? checkpoints.notes(name).stream().map(NoteLine::of).toList() : List.of();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonDocuments.text(new HistoryDocument(name, at == null ? null : at.toString(), lines, notes)));
            return;
        }
        MovementLine.table(lines).print(out);
        for (NoteLine note : notes) {
            out.println(name + "@" + note.version() + "  " + note.words());
        }
    }

    private void ancestry(CheckpointReference reference) throws IOException {
        CheckpointStore checkpoints = store.open();
        AncestryDocument document =
                AncestryDocument.of(checkpoints, Ancestry.of(checkpoints, checkpoints.find(reference)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonDocuments.text(document));
        } else {
            document.print(out);
        }
    }
}
