package org.lesionstream.trainer.benchmark;

import java.util.Locale;

/** Ways to compute a step of training that are compared: how images and filters lie in memory, and in which type the network computes. */
public enum StepVariant {
    /** Plane by plane, as the engine creates arrays. */
    CHANNELS_FIRST,
    /** Images pixel by pixel, which all intermediate results follow; filters plane by plane. */
    CHANNELS_LAST_IMAGES,
    /** Images and filters pixel by pixel. */
    CHANNELS_LAST,
    /** As {@code --precision mixed} trains: in bfloat16, which lays images and filters out by itself. */
    MIXED;

    /** As in results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
