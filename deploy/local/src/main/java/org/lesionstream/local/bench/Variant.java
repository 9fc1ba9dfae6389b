package org.lesionstream.local.bench;

import java.util.Locale;

/** Another backlog that is measured beside the plain one and compared with it. */
public enum Variant {
    /** Every second job asks for another checkpoint of the same network. */
    TWO_CHECKPOINTS,
    /** One picture in a hundred ends in the middle; those that are whole are counted. */
    DAMAGED;

    /** As the option takes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
