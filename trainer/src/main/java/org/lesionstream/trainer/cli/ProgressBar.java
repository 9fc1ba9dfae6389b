package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A bar on a terminal that is drawn over itself, with a few words behind it; elsewhere nothing. */
final class ProgressBar {

    private static final int CELLS = 24;
    private static final String TO_LINE_START = "\r";
    private static final String CLEAR_TO_LINE_END = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A bar for whatever this program writes to. */
    static ProgressBar on(PrintWriter out) {
        return new ProgressBar(out, CommandLine.Help.Ansi.AUTO.enabled());
    }

    /**
     * Draws the bar anew.
     *
     * @param done share of the work, 0 to 1
     */
    void draw(double done, String words) {
        if (!terminal) {
            return;
        }
        int filled = (int) Math.round(CELLS * Math.max(0, Math.min(1, done)));
        out.print(TO_LINE_START + "[" + "#".repeat(filled) + "-".repeat(CELLS - filled) + "] " + words
                + CLEAR_TO_LINE_END);
        out.flush();
    }

    /** Removes the bar, so that a line can be printed in its place. */
    void clear() {
        if (terminal) {
            out.print(TO_LINE_START + CLEAR_TO_LINE_END);
            out.flush();
        }
    }

    /** Leaves the bar as it is and goes to the next line. */
    void end() {
        if (terminal) {
            out.println();
            out.flush();
        }
    }
}
