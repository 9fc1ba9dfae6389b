package org.lesionstream.schemas.image;

import java.time.Duration;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/**
 * The time that the decoding of one picture has left, from {@link DecodeLimits#startTimer} on.
 *
 * <ul>
 *   <li>Nobody can end a thread of Java from outside, so the thread that decodes looks itself: with each row that it has finished, or with each piece of
 *       the file that a reader of the JDK asks for.
 *   <li>A look costs some 30 ns.
 *   <li>Confined to the thread that decodes.
 * </ul>
 */
public final class DecodeTimer {

    private final Duration limit;
    private final long startNanos;

    DecodeTimer(Duration limit) {
        this.limit = limit;
        this.startNanos = System.nanoTime();
    }

    /** What is left; nothing or less than nothing once the time is over. For who waits for something outside of this program. */
    public Duration left() {
        return limit.minusNanos(System.nanoTime() - startNanos);
    }

    /**
     * Goes on as long as there is time.
     *
     * @throws ImageRefusedException if there is none left
     */
    public void check() {
        if (left().compareTo(Duration.ZERO) <= 0) {
            throw new ImageRefusedException(Reason.DECODING_TOO_SLOW, "not decoded within " + limit);
        }
    }
}
