package org.lesionstream.trainer.network;

/**
 * Which image sizes a network takes, and what it gives back: {@code smallest + k step} pixels along each side, whose output lacks {@code lost} of them.
 *
 * @param smallest pixels of the smallest side
 * @param step sides grow by whole steps; tile starts must be multiples of {@code grid} for tiles to see the same pooling grid as the whole image
 * @param grid pixels of the image for a pixel of the coarsest map
 * @param lost pixels that the output is smaller than the input along each side, both ends together
 */
public record InputRule(int smallest, int step, int grid, int lost) {

    public InputRule {
        if (smallest < 1 || step < 1 || grid < 1 || lost < 0 || lost >= smallest) {
            throw new IllegalArgumentException(
                    "no such input: smallest " + smallest + ", step " + step + ", grid " + grid + ", lost " + lost);
        }
    }

    /** Sides that are multiples of a number, kept whole. */
    static InputRule multiplesOf(int number) {
        return new InputRule(number, number, number, 0);
    }

    /** Whether an image of this side can be fed. */
    public boolean allows(long side) {
        return side >= smallest && (side - smallest) % step == 0;
    }

    /** The smallest side that is allowed and not below a wish. */
    public int atLeast(int side) {
        return side <= smallest ? smallest : smallest + (side - smallest + step - 1) / step * step;
    }

    /** Refuses a size, saying what would do. */
    public void require(long height, long width) {
        if (!allows(height) || !allows(width)) {
            throw new IllegalArgumentException("this network takes sides of " + this + " pixels, was " + height + " x "
                    + width + "; " + atLeast((int) height) + " x " + atLeast((int) width) + " would do");
        }
    }

    @Override
    public String toString() {
        if (step == 1) {
            return smallest + " and more";
        }
        return smallest == step ? "multiples of " + step : smallest + " plus multiples of " + step;
    }
}
