package org.lesionstream.worker.replay;

import static java.util.Objects.requireNonNull;

/**
 * How to replay.
 *
 * @param send whether to do it; otherwise it is only said what would be done
 * @param again whether also what is under way already, under the same number, for messages that were lost
 * @param by who asks, 1 to {@value #LONGEST_NAME} characters
 * @param limit most dead letters, refused ones included
 */
public record ReplayOrder(boolean send, boolean again, String by, int limit) {
    private static final int LONGEST_NAME = 100;

    public ReplayOrder {
        requireNonNull(by, "by");
        if (by.isBlank() || by.length() > LONGEST_NAME || by.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("by must have 1 to " + LONGEST_NAME + " characters, had " + by.length());
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive, was " + limit);
        }
    }
}
