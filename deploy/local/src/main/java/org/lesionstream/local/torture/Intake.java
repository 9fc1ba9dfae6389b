package org.lesionstream.local.torture;

import java.util.Locale;

/** How the workers share the jobs, and with it what is promised. */
public enum Intake {
    /** By partitions: every message is answered by exactly one publication. */
    CONSUMER_GROUP,
    /** Message by message: every message is answered by at least one publication, and repetitions carry the same id and say the same. */
    SHARE_GROUP;

    /** As it is printed, and as the worker's setting has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
