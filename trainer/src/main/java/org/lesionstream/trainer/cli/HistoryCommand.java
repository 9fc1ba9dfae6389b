package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows who moved which alias, when and why. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows every movement of the aliases of a checkpoint, oldest first.")
final class HistoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the checkpoint.")
    private String name;

    @Option(names = "--json", description = "Print the alias file (contract checkpoint-aliases.v1).")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (store.open().list(name).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "The store has no checkpoint named '" + name + "'");
        }
        AliasHistory history = store.open().aliases(name);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(history.print(), StandardCharsets.UTF_8));
            return 0;
        }
        Map<String, AliasChange> inForce = new HashMap<>();
        history.changes().forEach(change -> inForce.put(change.alias(), change));
        for (AliasChange change : history.changes()) {
            out.printf(
                    "%s  %s@%s -> %d%s  by %s: %s%n",
                    change.when(),
                    name,
                    change.alias(),
                    change.version(),
                    change.equals(inForce.get(change.alias())) ? " (in force)" : "",
                    change.who(),
                    change.why());
        }
        return 0;
    }
}
