/**
 * Proves the delivery promise by attacking it: several packaged workers, a seeded schedule of faults, and a checker that trusts nobody.
 *
 * <p>The design is that of Jepsen: what was asked is written down outside the system, faults come from a seed and can be repeated, and when
 * they have ended the database, the topics and the masks are compared with what was asked. May depend on the stack, samples, traffic,
 * report and {@code schemas}.
 */
package org.lesionstream.local.torture;
