package org.lesionstream.local.demo;

import java.time.Duration;
import java.util.Locale;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.traffic.AnswerReader;

/** Waits until every job and case is answered, and tells how far it is. */
final class AnswerWatch {

    /** No answer for so long means that none will come. */
    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Terminal terminal;

    AnswerWatch(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Reads answers until all are there or none comes any more.
     *
     * @throws IllegalStateException when the worker ends first; the message holds the end of its log
     */
    void await(Answers answers, AnswerReader reader, WorkerProcess worker) {
        OutcomeTally tally = answers.tally();
        long heard = System.nanoTime();
        while (!tally.complete() && System.nanoTime() - heard < SILENCE_LIMIT.toNanos()) {
            if (reader.read(answers, POLL) > 0) {
                heard = System.nanoTime();
            } else if (!worker.isAlive()) {
                throw new IllegalStateException("The worker ended while jobs were open." + worker.logEnd());
            }
            terminal.progress(tally.answered(), tally.expected(), "jobs and cases answered");
        }
        if (!tally.complete()) {
            terminal.line("No answer for " + SILENCE_LIMIT.toSeconds() + " s, " + tally.lost() + " are missing."
                    + worker.logEnd());
        }
        terminal.done(String.format(
                Locale.ROOT,
                "%d masks, %d dead letters, %d cases, %.1f images per second",
                tally.results(),
                tally.deadLetters(),
                tally.cases(),
                answers.imagesPerSecond()));
    }
}
