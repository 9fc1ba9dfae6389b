package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.trainer.registry.CheckpointStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is in a store. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists every version of every checkpoint of a store, with the aliases that name it now.")
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(names = "--long", description = "Also say what each version was made from, and the notes about it.")
    private boolean detailed;

    @Option(names = "--json", description = "Print a JSON array, one object per version.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Line> lines = lines(store.open());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonDocuments.text(lines));
            return 0;
        }
        for (Line line : lines) {
            out.printf(
                    "%-24s %-20s %-32s %-15s %7.1f MB  %s  %s%n",
                    line.name() + "@" + line.version(),
                    String.join(",", line.aliases()),
                    line.network(),
                    String.join(",", line.precisions()),
                    line.bytes() / 1e6,
                    line.createdAt(),
                    line.digest());
            if (detailed) {
                line.lineage().ifPresent(lineage -> out.println("    " + lineage.words()));
                line.notes().forEach(note -> out.println("    " + note.words()));
            }
        }
        return 0;
    }

    private static List<Line> lines(CheckpointStore store) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (CheckpointManifest manifest : store.list()) {
            lines.add(Line.of(
                    manifest,
                    store.aliases(manifest.name()).current(),
                    store.lineage(manifest).map(LineageLine::of),
                    NoteLine.about(manifest.version(), store.notes(manifest.name()))));
        }
        return lines;
    }

    /** One version, as printed. */
    record Line(
            String name,
            int version,
            List<String> aliases,
            String network,
            List<String> precisions,
            long bytes,
            String createdAt,
            String digest,
            Optional<LineageLine> lineage,
            List<NoteLine> notes) {

        static Line of(
                CheckpointManifest manifest,
                Map<String, Integer> aliases,
                Optional<LineageLine> lineage,
                List<NoteLine> notes) {
            return new Line(
                    manifest.name(),
                    manifest.version(),
                    aliases.entrySet().stream()
                            .filter(alias -> alias.getValue() == manifest.version())
                            .map(Map.Entry::getKey)
                            .toList(),
                    describe(manifest),
                    manifest.files().stream()
                            .map(file -> file.precision().text())
                            .toList(),
                    manifest.files().stream().mapToLong(CheckpointFile::bytes).sum(),
                    manifest.createdAt().toString(),
                    manifest.digest().hex(),
                    lineage,
                    notes);
        }

        private static String describe(CheckpointManifest manifest) {
            String options = manifest.network().options().entrySet().stream()
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining(","));
            return manifest.network().name() + (options.isEmpty() ? "" : ":" + options);
        }
    }
}
