/**
 * Compares settings of the autoscaler on simulated days, and the simulation with real workers.
 *
 * <p>In: the figures of a bench, the load of a day. Out: a table, JSON, CSV, and a page with curves. What is simulated is in {@code model}; this package
 * chooses scenarios and settings and shows what came of them. May depend on the stack, {@code report}, {@code sample} and {@code traffic}.
 */
package org.lesionstream.local.scale;
