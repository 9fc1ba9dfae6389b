package org.lesionstream.trainer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
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

    @Option(names = "--json", description = "Print a JSON array, one object per version.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Line> lines = lines(store.open());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper()
                    .writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(lines));
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
        }
        return 0;
    }

    private static List<Line> lines(CheckpointStore store) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (PublishedCheckpoint published : store.list()) {
            CheckpointManifest manifest = published.manifest();
            lines.add(Line.of(manifest, store.aliases(manifest.name()).current()));
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
            String digest) {

        static Line of(CheckpointManifest manifest, Map<String, Integer> aliases) {
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
                    manifest.digest().hex());
        }

        private static String describe(CheckpointManifest manifest) {
            String options = manifest.network().options().entrySet().stream()
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining(","));
            return manifest.network().name() + (options.isEmpty() ? "" : ":" + options);
        }
    }
}
