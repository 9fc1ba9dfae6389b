/**
 * Pictures and checkpoints that a command makes for itself by the packaged trainer. May depend on {@code schemas} and the trainer's process.
 */
package org.lesionstream.local.sample;
