/**
 * The command line of the trainer: one class per command, and nothing but reading options, calling the other packages and printing.
 *
 * <p>In: arguments. Out: text for people on standard output, {@code --json} documents where a command has a result, one clear
 * line on standard error for a failure, and an exit status. May depend on every package of the trainer and is the only one that
 * knows the command-line library.
 */
package org.lesionstream.trainer.cli;
