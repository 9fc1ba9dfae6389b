package org.lesionstream.local.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Tells a person what is being done: one line per stage, and below it a line that is overwritten while the stage runs.
 *
 * <p>Where the output is no terminal nothing is overwritten; a running stage then says how far it is every {@link #QUIET} at most.
 * Confined to the thread that does it.
 */
public final class Terminal {

    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final DateTimeFormatter CLOCK_TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int WIDTH = 100;
    private static final int BAR = 30;
    private static final String INDENT = "          ";

    private final PrintStream out;
    private final boolean interactive;
    private final Clock clock;
    private Instant lastWritten = Instant.EPOCH;
    private Instant stageStarted = Instant.EPOCH;
    private boolean overwritable;

    /** @param interactive whether lines can be overwritten */
    public Terminal(PrintStream out, boolean interactive, Clock clock) {
        this.out = out;
        this.interactive = interactive;
        this.clock = clock;
    }

    /** Begins a stage. */
    public void stage(String heading) {
        stageStarted = clock.instant();
        line(CLOCK_TIME.format(LocalTime.now(clock)) + "  " + heading);
    }

    /** Ends a stage with what came of it and how long it took. */
    public void done(String outcome) {
        Duration taken = Duration.between(stageStarted, clock.instant());
        line(String.format(Locale.ROOT, "%s%s (%.1f s)", INDENT, outcome, taken.toMillis() / 1000.0));
    }

    /** Says where the stage stands. */
    public void status(String text) {
        String shown = INDENT + text.strip();
        shown = shown.length() > WIDTH ? shown.substring(0, WIDTH - 1) + "…" : shown;
        if (interactive) {
            out.print("\r" + shown + "\u001b[K");
            out.flush();
            overwritable = true;
        } else if (!text.isBlank()
                && Duration.between(lastWritten, clock.instant()).compareTo(QUIET) >= 0) {
            line(shown);
        }
    }

    /** Says how much of the stage is done. */
    public void progress(int done, int all, String what) {
        int filled = all == 0 ? BAR : (int) ((long) BAR * done / all);
        String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
        status((interactive ? bar + " " : "") + done + " of " + all + " " + what);
    }

    /** A line that stays. */
    public void line(String text) {
        if (overwritable) {
            out.print("\r\u001b[K");
            overwritable = false;
        }
        out.println(text);
        out.flush();
        lastWritten = clock.instant();
    }
}
