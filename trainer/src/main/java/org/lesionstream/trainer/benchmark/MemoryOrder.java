package org.lesionstream.trainer.benchmark;

import java.util.Locale;

/** How images and filters lie in memory while a network is trained. */
public enum MemoryOrder {
    /** Plane by plane, as the engine creates arrays. */
    CHANNELS_FIRST,
    /** Images pixel by pixel, which all intermediate results follow; filters plane by plane. */
    CHANNELS_LAST_IMAGES,
    /** Images and filters pixel by pixel. */
    CHANNELS_LAST;

    /** As in results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
