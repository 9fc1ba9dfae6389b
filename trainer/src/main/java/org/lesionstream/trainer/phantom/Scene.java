package org.lesionstream.trainer.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All that is in one case: lesions, the tissue around them, and what only looks like a lesion.
 *
 * @param slices pictures of the case
 * @param level brightness of the tissue, 0 black to 1 white
 * @param slopeDown how much brighter the tissue is at the bottom than at the top
 * @param slopeAcross the same from left to right
 * @param textureStrength of the tissue's pattern
 * @param texture of the tissue
 * @param grain standard deviation of the noise of each sample
 * @param spots broad smooth places, bright or dark, without an edge: never lesions
 * @param hairs thin dark curves: never lesions
 * @param speckles single pixels that are much too dark or too bright
 */
record Scene(
        int slices,
        double level,
        double slopeDown,
        double slopeAcross,
        double textureStrength,
        Texture texture,
        double grain,
        List<Lesion> lesions,
        List<Spot> spots,
        List<Hair> hairs,
        int speckles) {

    /** A smooth place with a Gaussian profile. */
    record Spot(double row, double column, double radius, double strength) {}

    /** A quadratic Bezier curve through the picture. */
    @SuppressWarnings("ArrayRecordComponent") // never written after construction; nobody compares hairs
    record Hair(double[] rows, double[] columns, double width, double strength) {}

    private static final double EMPTY_SHARE = 0.1;
    private static final int MOST_LESIONS = 4;
    private static final double TOUCHING_SHARE = 0.3;

    static Scene random(Random random, int size, int slices) {
        return new Scene(
                slices,
                0.45 + 0.3 * random.nextDouble(),
                0.5 * (random.nextDouble() - 0.5),
                0.5 * (random.nextDouble() - 0.5),
                0.03 + 0.07 * random.nextDouble(),
                new Texture(random, size * (0.06 + 0.12 * random.nextDouble())),
                0.015 + 0.035 * random.nextDouble(),
                lesions(random, size, slices),
                spots(random, size),
                hairs(random, size),
                random.nextInt(size * size / 400));
    }

    private static List<Lesion> lesions(Random random, int size, int slices) {
        List<Lesion> lesions = new ArrayList<>();
        if (slices == 1 && random.nextDouble() < EMPTY_SHARE) { // a volume has empty slices at its ends anyway
            return lesions;
        }
        int count = 1 + random.nextInt(MOST_LESIONS);
        while (lesions.size() < count) {
            double radius = size * (0.05 + 0.13 * random.nextDouble() * random.nextDouble() + 0.02);
            double row = size * (0.05 + 0.9 * random.nextDouble());
            double column = size * (0.05 + 0.9 * random.nextDouble());
            if (!lesions.isEmpty() && random.nextDouble() < TOUCHING_SHARE) {
                Lesion neighbour = lesions.get(lesions.size() - 1);
                double angle = 2 * Math.PI * random.nextDouble();
                double apart = 0.95 * (radius + neighbour.outline().radius());
                row = neighbour.row() + apart * StrictMath.sin(angle);
                column = neighbour.column() + apart * StrictMath.cos(angle);
            }
            lesions.add(Lesion.random(random, size, row, column, radius, slices));
        }
        return List.copyOf(lesions);
    }

    private static List<Spot> spots(Random random, int size) {
        List<Spot> spots = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            double strength = 0.08 + 0.14 * random.nextDouble();
            spots.add(new Spot(
                    size * random.nextDouble(),
                    size * random.nextDouble(),
                    size * (0.12 + 0.2 * random.nextDouble()),
                    random.nextBoolean() ? strength : -strength));
        }
        return List.copyOf(spots);
    }

    private static List<Hair> hairs(Random random, int size) {
        List<Hair> hairs = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            hairs.add(new Hair(
                    threePlaces(random, size),
                    threePlaces(random, size),
                    size / 128.0 * (0.4 + 0.6 * random.nextDouble()),
                    0.15 + 0.25 * random.nextDouble()));
        }
        return List.copyOf(hairs);
    }

    /** Start, control and end along one axis, a little beyond the picture on either side. */
    private static double[] threePlaces(Random random, int size) {
        double[] places = new double[3];
        for (int i = 0; i < places.length; i++) {
            places[i] = size * (1.2 * random.nextDouble() - 0.1);
        }
        return places;
    }
}
