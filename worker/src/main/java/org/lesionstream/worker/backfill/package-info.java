/**
 * Pushes many old pictures through the backfill lane, a bounded number at a time.
 *
 * <p>Comes in: a folder or a manifest ({@link org.lesionstream.worker.backfill.EntrySource}). Goes out: one image job per entry,
 * and counts of what became of them ({@link org.lesionstream.worker.backfill.BackfillRun}). Keeps nothing that grows with the
 * number of entries, and no state of its own: what is done stands in the table of outcomes. Lane, tables and clock are reached
 * through {@link org.lesionstream.worker.backfill.Fleet} and {@link org.lesionstream.worker.backfill.Timekeeper}.
 *
 * <p>May depend on {@code persist} and {@code publish}, on the foundations, on {@code schemas} and on Jackson; only {@code
 * command} depends on it.
 */
package org.lesionstream.worker.backfill;
