package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.trainer.registry.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an alias name a version; workers that follow the alias change over without a restart. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Lets an alias name a version of a checkpoint, after verifying its files.")
final class PromoteCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            defaultValue = "production",
            description = "The alias to move (default: ${DEFAULT-VALUE}).")
    private String alias;

    @Mixin
    private WhoOption who;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why, for the history.")
    private String why;

    @Override
    public Integer call() throws IOException {
        CheckpointIdentity chosen =
                store.open().resolve(checkpoint.reference()).manifest().identity();
        AliasChange change = new AliasChange(alias, chosen.version(), Instant.now(), who.text(), why);
        new Promotion(store.folder()).promote(chosen.name(), change);
        spec.commandLine()
                .getOut()
                .println(chosen.name() + "@" + alias + " is " + chosen.name() + "@" + chosen.version() + " sha256:"
                        + chosen.digest());
        return 0;
    }
}
