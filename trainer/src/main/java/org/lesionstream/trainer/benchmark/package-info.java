/**
 * What running a network costs on this machine, side by side as a block and as the exported files.
 *
 * <p>In: the text of a network. Out: times and memory. May depend on {@code network}, {@code graph} and {@code export}.
 */
package org.lesionstream.trainer.benchmark;
