/**
 * The bench: how near one packaged worker comes to the network it runs, and where the rest of the time goes.
 *
 * <p>In: {@link org.lesionstream.local.bench.BenchOptions}. Out: a table on the terminal, JSON, a page with charts. Begin with {@link
 * org.lesionstream.local.bench.Bench}; what is measured is in {@link org.lesionstream.local.bench.Measurement}, how figures are made of
 * it in {@link org.lesionstream.local.bench.FigureMaker}. Whoever else puts a load on workers takes {@link
 * org.lesionstream.local.bench.JobSender} and {@link org.lesionstream.local.bench.JobLog} from here. May depend on the local stack, {@code report}, {@code traffic}, {@code schemas}
 * and Kafka's clients; the worker is known by its settings, messages, metrics and its process, nothing else.
 */
package org.lesionstream.local.bench;
