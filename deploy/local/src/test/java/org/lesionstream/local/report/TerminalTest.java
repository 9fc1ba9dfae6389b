package org.lesionstream.local.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, UTF_8);
    private final ManualClock clock = new ManualClock();

    @Test
    void namesEachStageWithItsTimeAndItsLength() {
        Terminal terminal = new Terminal(out, false, clock);
        terminal.stage("Training");
        clock.advance(Duration.ofMillis(1500));
        terminal.done("lesion@1");

        assertThat(lines()).containsExactly("20:00:00  Training", "          lesion@1 (1.5 s)");
    }

    @Test
    void overwritesItsProgressOnATerminal() {
        Terminal terminal = new Terminal(out, true, clock);
        terminal.progress(1, 2, "done");
        terminal.progress(2, 2, "done");

        assertThat(written.toString(UTF_8))
                .contains("\r")
                .contains("2 of 2 done")
                .doesNotContain("\n");
    }

    @Test
    void writesProgressNowAndThenWhereNothingCanBeOverwritten() {
        Terminal terminal = new Terminal(out, false, clock);
        terminal.stage("Training");
        for (int second = 1; second <= 31; second++) {
            clock.advance(Duration.ofSeconds(1));
            terminal.progress(second, 31, "epochs");
        }

        assertThat(lines())
                .containsExactly("20:00:00  Training", "          15 of 31 epochs", "          30 of 31 epochs");
    }

    private String[] lines() {
        return written.toString(UTF_8).stripTrailing().split("\\R", -1);
    }

    /** A clock that moves when it is told to. */
    private static final class ManualClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T20:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the tests need UTC only");
        }
    }
}
