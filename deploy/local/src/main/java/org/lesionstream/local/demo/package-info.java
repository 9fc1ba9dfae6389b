/**
 * The demo: everything at once on one machine, with a verdict.
 *
 * <p>In: {@link org.lesionstream.local.demo.DemoOptions}. Out: lines on the terminal, {@code demo-report.html}, passed or not. Begin with
 * {@link org.lesionstream.local.demo.Demo}. May depend on the local stack, {@code schemas} and the Kafka clients; what it knows of trainer
 * and worker is their command lines, messages and tables, like any other user of them.
 */
package org.lesionstream.local.demo;
