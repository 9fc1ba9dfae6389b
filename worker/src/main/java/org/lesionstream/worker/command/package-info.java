/**
 * The worker's command line, one class per command.
 *
 * <p>Comes in: arguments, and the environment variables of the worker as their defaults. Goes out: text or, with {@code
 * --json}, JSON on standard output, complaints on standard error, exit status 0 only on success. No command of this
 * package needs HTTP, and only those about stored rows need a database. May depend on {@code publish}, {@code persist}, {@code
 * replay}, {@code decode} and {@code pipeline}.
 */
package org.lesionstream.worker.command;
