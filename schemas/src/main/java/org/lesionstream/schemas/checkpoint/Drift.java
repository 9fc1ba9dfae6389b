package org.lesionstream.schemas.checkpoint;

/**
 * How far a file's masks are from those of the fp32 file on the pictures it was verified with.
 *
 * @param labelDisagreement share of pixels with another label, 0 to 1
 * @param dice Dice coefficient of the foregrounds, 0 to 1
 */
public record Drift(double labelDisagreement, double dice) {

    /** The same masks. */
    public static final Drift NONE = new Drift(0, 1);

    public Drift {
        if (!(labelDisagreement >= 0 && labelDisagreement <= 1)) {
            throw new IllegalArgumentException("labelDisagreement must be from 0 to 1, was " + labelDisagreement);
        }
        if (!(dice >= 0 && dice <= 1)) {
            throw new IllegalArgumentException("dice must be from 0 to 1, was " + dice);
        }
    }
}
