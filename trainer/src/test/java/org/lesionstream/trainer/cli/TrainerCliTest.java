package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TrainerCliTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine = TrainerCli.commandLine()
            .addSubcommand(new FailingCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));

    @Test
    void printsItsHelpAndSucceeds() {
        assertThat(commandLine.execute("--help")).isZero();
        assertThat(out.toString()).contains("trainer", "versioned checkpoints");
    }

    @Test
    void everyCommandExplainsItself() {
        for (String name : commandLine.getSubcommands().keySet()) {
            assertThat(commandLine.execute(name, "--help")).as(name).isZero();
        }
    }

    @Test
    void printsItsVersion() {
        assertThat(commandLine.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("lesionstream trainer ");
    }

    @Test
    void refusesAnUnknownCommandAsWrongUse() {
        assertThat(commandLine.execute("conquer")).isEqualTo(2);
        assertThat(err.toString()).contains("conquer");
    }

    @Test
    void asksForACommandWhenNoneIsNamed() {
        assertThat(commandLine.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command");
    }

    @Test
    void reportsAFailureInOneLine() {
        assertThat(commandLine.execute("fail")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("trainer: the store is full; free some space");
    }

    @Command(name = "fail", mixinStandardHelpOptions = true)
    static final class FailingCommand implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("the store is full\n  free some space");
        }
    }
}
