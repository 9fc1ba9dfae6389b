/**
 * Dead letters on their way back.
 *
 * <p>Comes in: a choice of dead letters, and whether to send them. Goes out: their jobs on the topics that they came by, the account of it in
 * the database, and a line about each. Stands between {@code api} and {@code command}, which ask for it, and {@code persist} and
 * {@code publish}, which it brings together; knows neither SQL nor Kafka.
 */
package org.lesionstream.worker.replay;
