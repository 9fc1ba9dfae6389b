package org.lesionstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.scale.ScaleOptions;
import org.lesionstream.local.scale.check.CheckOptions;
import picocli.CommandLine;

class ScaleSimCommandTest {

    @TempDir
    private Path folder;

    @Test
    void simulatesAMillionOldImagesBesideAHospitalUnlessToldOtherwise() {
        ScaleOptions options = parse();

        assertThat(options.backfillImages()).isEqualTo(1_000_000);
        assertThat(options.deadlineSeconds()).isEqualTo(60);
        assertThat(options.facts().partitions()).isEqualTo(48);
        assertThat(options.out().toString()).endsWith("deploy/local/target/scale-sim");
    }

    @Test
    void takesTheFactsOfAnotherCluster() {
        ScaleOptions options =
                parse("--partitions", "24", "--start", "300", "--settings", "chosen,fixed", "--seed", "9");

        assertThat(options.facts().partitions()).isEqualTo(24);
        assertThat(options.facts().startSeconds()).isEqualTo(300);
        assertThat(options.settings()).containsExactly("chosen", "fixed");
        assertThat(options.seed()).isEqualTo(9);
    }

    @Test
    void refusesWhatCannotBeSimulated() {
        assertThatThrownBy(() -> parse("--partitions", "0")).hasMessage("partitions must be positive, was 0");
        assertThatThrownBy(() -> parse("--faster", "0")).hasMessage("faster must be positive, was 0.0");
    }

    @Test
    void callsAWrongNameAWrongUse() {
        StringWriter complaint = new StringWriter();
        int status = LocalCli.commandLine()
                .setErr(new PrintWriter(complaint))
                .execute(
                        "scale-sim",
                        "--scenario",
                        "noon",
                        "--out",
                        folder.resolve("out").toString());

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(complaint.toString()).contains("scenario 'noon' is none of peak, backfill, outage");
    }

    @Test
    void comparesWithRealWorkersWithinAFactorOfTwoUnlessToldOtherwise() {
        CheckOptions usual = command("--check").checkOptions();
        assertThat(usual.jobs()).isEmpty();
        assertThat(usual.factor()).isEqualTo(2);

        CheckOptions told = command("--check", "--jobs", "500", "--factor", "1.5", "--seed", "7")
                .checkOptions();
        assertThat(told.jobs()).hasValue(500);
        assertThat(told.factor()).isEqualTo(1.5);
        assertThat(told.seed()).isEqualTo(7);
    }

    @Test
    void refusesAComparisonThatSaysNothing() {
        assertThatThrownBy(() -> command("--check", "--jobs", "5").checkOptions())
                .hasMessage("jobs must be at least 100, was 5");
        assertThatThrownBy(() -> command("--check", "--factor", "1").checkOptions())
                .hasMessage("factor must be above 1, was 1.0");
        assertThatThrownBy(() -> command("--jobs", "500")).hasMessageContaining("--check");
    }

    private static ScaleOptions parse(String... arguments) {
        return command(arguments).options();
    }

    private static ScaleSimCommand command(String... arguments) {
        CommandLine line = new CommandLine(new ScaleSimCommand());
        line.parseArgs(arguments);
        return line.getCommand();
    }
}
