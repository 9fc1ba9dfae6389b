/**
 * The worker's command line, one class per command.
 *
 * <p>Comes in: arguments, and the environment variables of the worker as their defaults. Goes out: text or, with {@code
 * --json}, JSON on standard output, complaints on standard error, exit status 0 only on success. The commands
 * start neither HTTP nor migrations, and only those about stored rows need a database. May depend on {@code backfill}, {@code
 * replay}, {@code publish}, {@code persist}, {@code decode} and {@code pipeline}.
 */
package org.lesionstream.worker.command;
