package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.trainer.registry.Notebook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes down something about a version. */
@Command(
        name = "note",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a note about a version, which itself stays as it is. Notes are shown by history",
            "and by list --long; none is ever changed or removed."
        })
final class NoteCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What is worth knowing about it.")
    private String text;

    @Mixin
    private WhoOption who;

    @Override
    public Integer call() throws IOException {
        CheckpointManifest manifest = store.open().find(checkpoint.reference());
        CheckpointNote note = new CheckpointNote(manifest.version(), Instant.now(), who.text(), text);
        new Notebook(store.folder()).add(manifest.name(), note);
        spec.commandLine().getOut().println("noted " + manifest.name() + "@" + manifest.version());
        return 0;
    }
}
