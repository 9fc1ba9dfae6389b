package org.lesionstream.trainer.phantom;

import java.util.Random;

/**
 * One lesion: darker than what is around it.
 *
 * @param row of the centre, in pixels
 * @param column of the centre, in pixels
 * @param contrast how much darker, as a share of the range from black to white
 * @param softness pixels over which the edge fades; half of them outside the outline
 * @param middle slice in which it is largest
 * @param depth slices from its middle to its tip; of a single picture it is infinite
 */
record Lesion(
        double row, double column, Outline outline, double contrast, double softness, double middle, double depth) {

    private static final double TURN_PER_SLICE = 0.15;

    static Lesion random(Random random, int size, double row, double column, double radius, int slices) {
        double middle = slices == 1 ? 0 : slices * (0.2 + 0.6 * random.nextDouble());
        return new Lesion(
                row,
                column,
                Outline.random(random, radius),
                0.16 + 0.24 * random.nextDouble(),
                size / 128.0 * (0.6 + 2.4 * random.nextDouble()),
                middle,
                slices == 1 ? Double.POSITIVE_INFINITY : 1.5 + slices * 0.4 * random.nextDouble());
    }

    /** How large its cross-section is in a slice, 0 to 1, as if it were a ball. */
    double scale(int slice) {
        double away = (slice - middle) / depth;
        return StrictMath.sqrt(Math.max(0, 1 - away * away));
    }

    /** Its outline in a slice; the waves turn from slice to slice as a grown thing's would. */
    Outline crossSection(int slice) {
        return outline.changed(scale(slice), TURN_PER_SLICE * (slice - middle));
    }
}
