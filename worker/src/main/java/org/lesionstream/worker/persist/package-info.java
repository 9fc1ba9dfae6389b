/**
 * Keeps what was found, once, and remembers what was answered.
 *
 * <p>Comes in: polled jobs to register and finished outcomes to save. Goes out: what the database says about a job, and the
 * messages that answer an outcome, the very same at every repetition. For the HTTP resources: pages of cases and jobs, masks,
 * lesions row by row, checkpoints and what two of them have in common.
 *
 * <p>PostgreSQL is the truth of the whole system; the tables and their meaning stand in {@code db/migration} of {@code
 * schemas}. SQL lives here and nowhere else, as text blocks beside the code that runs it. Depends on {@code delivery},
 * {@code failure}, {@code schemas} and JDBC.
 */
package org.lesionstream.worker.persist;
