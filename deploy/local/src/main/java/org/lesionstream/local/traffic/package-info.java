/**
 * Both ends of the wire as the worker's users have them: jobs in, answers out.
 *
 * <p>In: jobs by the contract of {@code schemas}. Out: Kafka messages, and the answers told apart by type. May depend on {@code schemas}
 * and the Kafka clients.
 */
package org.lesionstream.local.traffic;
