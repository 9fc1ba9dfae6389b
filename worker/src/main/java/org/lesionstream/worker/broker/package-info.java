/**
 * Where the Kafka broker is, and how its clients connect.
 *
 * <p>Comes in: settings. Goes out: the part of the properties of every Kafka client that says whom it talks to and who it is. A foundation:
 * depends on nothing, and on no stage.
 */
package org.lesionstream.worker.broker;
