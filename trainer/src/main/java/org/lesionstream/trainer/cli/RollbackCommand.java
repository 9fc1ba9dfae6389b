package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.trainer.registry.Promotion;
import org.lesionstream.trainer.registry.Rollback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an alias name again what it named before; workers that follow the alias change over without a restart. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Moves an alias back to the version that it named before its last movement, after",
            "verifying its files. A second rollback goes one version further back: after 1, 2, 3",
            "the first leads to 2 and the second to 1. To go on again, promote."
        })
final class RollbackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private NameOption name;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            defaultValue = "production",
            description = "The alias to move (default: ${DEFAULT-VALUE}).")
    private String alias;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "Go back to this version, over all that came after it (default: the one before).")
    private Integer to;

    @Mixin
    private WhoOption who;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why, for the history.")
    private String why;

    @Override
    public Integer call() throws IOException {
        Rollback rollback = new Rollback(
                alias, to == null ? OptionalInt.empty() : OptionalInt.of(to), Instant.now(), who.text(), why);
        AliasHistory history = new Promotion(store.folder()).rollBack(name.text(), rollback);
        int version = history.version(alias).orElseThrow();
        Digest digest = store.open()
                .find(new CheckpointReference.ByVersion(name.text(), version))
                .digest();
        String checkpoint = name.text();
        spec.commandLine()
                .getOut()
                .println(checkpoint + "@" + alias + " is " + checkpoint + "@" + version + " sha256:" + digest
                        + " again");
        return 0;
    }
}
