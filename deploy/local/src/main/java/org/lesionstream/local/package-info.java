/**
 * Everything around the worker, on one machine and without containers: a Kafka broker, a PostgreSQL, the packaged worker and trainer as
 * child processes, and the demo that drives them.
 *
 * <p>In: a folder to keep data in, and the packaged artifacts. Out: addresses, running processes, a verdict. May depend on {@code schemas},
 * Kafka, JDBC and the command-line library; never on a class of the worker or the trainer, which it knows only as artifacts.
 */
package org.lesionstream.local;
