package org.lesionstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LocalCliTest {

    @Test
    void namesTheClassOfAFailureThatHasNoWords() {
        assertThat(LocalCli.reason(new IllegalStateException("the disk is full")))
                .isEqualTo("the disk is full");
        assertThat(LocalCli.reason(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void refusesAnUnknownDeviceAsAWrongUse() {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = LocalCli.commandLine().setErr(new PrintWriter(errors));

        assertThat(commandLine.execute("demo", "--device", "gpu")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("device must be cpu or cuda, was gpu");
    }
}
