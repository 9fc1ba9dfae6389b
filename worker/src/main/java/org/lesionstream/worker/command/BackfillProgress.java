package org.lesionstream.worker.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.backfill.BackfillListener;
import org.lesionstream.worker.backfill.Speed;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;

/**
 * Tells an operator how far a backfill is: on a terminal a bar that is drawn over itself, elsewhere a plain line every ten seconds.
 *
 * <p>Refused entries are named up to a bound, so that a wrong file does not fill the screen. Confined to the thread of the backfill.
 */
final class BackfillProgress implements BackfillListener {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int MOST_REFUSALS = 1000;
    private static final int CELLS = 24;
    private static final String TO_LINE_START = "\r";
    private static final String CLEAR_TO_LINE_END = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final Optional<Long> total;
    private final Speed speed;
    private long lastShown;
    private long refusals;

    /** @param total entries of the source, where they were counted */
    BackfillProgress(PrintWriter out, boolean terminal, LongSupplier nanos, Optional<Long> total) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        this.total = total;
        this.lastShown = nanos.getAsLong();
        this.speed = new Speed(lastShown);
    }

    @Override
    public void refused(long number, String why) {
        refusals++;
        if (refusals <= MOST_REFUSALS) {
            line("entry at line " + number + " refused: " + why);
        }
        if (refusals == MOST_REFUSALS) {
            line("refused entries are only counted from here on");
        }
    }

    @Override
    public void away(FailureCode code, Duration again) {
        line(what(code) + " does not answer; trying again in " + format("%.1f s", again.toMillis() / 1000.0));
    }

    @Override
    public void back(FailureCode code) {
        line(what(code) + " answers again");
    }

    @Override
    public void moved(BackfillState state) {
        line(state == BackfillState.PAUSED ? "paused; backfill resume lets it go on" : "resumed");
    }

    @Override
    public void progress(BackfillCounts counts, long open) {
        long now = nanos.getAsLong();
        speed.note(now, counts.settled());
        if (now - lastShown < (terminal ? BETWEEN_DRAWINGS : BETWEEN_LINES).toNanos()) {
            return;
        }
        lastShown = now;
        String words = words(counts, open);
        if (terminal) {
            out.print(TO_LINE_START + bar(counts) + words + CLEAR_TO_LINE_END);
        } else {
            out.println(words);
        }
        out.flush();
    }

    /** Removes the bar. */
    void end() {
        if (terminal) {
            out.print(TO_LINE_START + CLEAR_TO_LINE_END);
            out.flush();
        }
    }

    private String words(BackfillCounts counts, long open) {
        String all = total.map(known -> format(" of %,d", known)).orElse("");
        String left = total.flatMap(known -> speed.remaining(Math.max(0, known - counts.settled())))
                .map(rest -> format("  %d:%02d:%02d left", rest.toHours(), rest.toMinutesPart(), rest.toSecondsPart()))
                .orElse("");
        return format(
                "%,d%s done  %.1f/s%s  segmented %,d%s  dead letters %,d  refused %,d  open %,d",
                counts.settled(),
                all,
                speed.perSecond(),
                left,
                counts.segmented(),
                counts.expanded() == 0 ? "" : format("  expanded %,d", counts.expanded()),
                counts.dead(),
                counts.refused(),
                open);
    }

    private String bar(BackfillCounts counts) {
        if (total.isEmpty()) {
            return "";
        }
        int filled = total.get() == 0 ? CELLS : (int) Math.min(CELLS, CELLS * counts.settled() / total.get());
        return "[" + "#".repeat(filled) + "-".repeat(CELLS - filled) + "] ";
    }

    private void line(String text) {
        out.println((terminal ? TO_LINE_START : "") + text + (terminal ? CLEAR_TO_LINE_END : ""));
        out.flush();
    }

    private static String what(FailureCode code) {
        return code == FailureCode.BROKER_UNAVAILABLE ? "the broker" : "the database";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
