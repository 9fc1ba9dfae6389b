package org.lesionstream.schemas.lesion;

import java.util.Optional;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * How far apart two pixels of one class may be to belong to one region.
 *
 * <p>For every distance of rows, counted from 0, it holds the largest distance of columns that still joins: {@code {1, 1}} are the 8
 * neighbours, {@code {1, 0}} the 4. Wider ones join regions that do not touch.
 */
public final class Neighbourhood {

    /** Edge neighbours. */
    public static final Neighbourhood FOUR = new Neighbourhood(1, 0);

    /** Edge and corner neighbours. */
    public static final Neighbourhood EIGHT = new Neighbourhood(1, 1);

    /** What a whole number of steps may miss by rounding: 1.5 mm are three steps of 0.5 mm. */
    private static final double ROUNDING = 1e-9;

    /** More columns than any picture has. */
    private static final double LONGEST = 1 << 29;

    private final int[] columnSteps;

    private Neighbourhood(int... columnSteps) {
        this.columnSteps = columnSteps;
    }

    /**
     * All pixels no farther than {@code distance} from centre to centre, and the 8 neighbours in any case.
     *
     * @param distance in millimetres if there is a spacing, else in pixels
     */
    public static Neighbourhood within(double distance, Optional<PixelSpacing> spacing) {
        double row = spacing.map(PixelSpacing::rowMillimetres).orElse(1.0);
        double column = spacing.map(PixelSpacing::columnMillimetres).orElse(1.0);
        return new Neighbourhood(withNeighbours(steps(distance, row, column)));
    }

    /** The same steps, widened to the 8 neighbours where they are shorter. */
    static int[] withNeighbours(int[] steps) {
        int[] wide = steps.length < 2 ? new int[] {steps[0], 1} : steps;
        wide[0] = Math.max(1, wide[0]);
        wide[1] = Math.max(1, wide[1]);
        return wide;
    }

    /** Column steps within a distance, by row step; at least those of the pixel itself. */
    static int[] steps(double distance, double row, double column) {
        int[] steps = new int[1 + whole(distance / row)];
        for (int r = 0; r < steps.length; r++) {
            steps[r] = whole(Math.sqrt(Math.max(0, distance * distance - r * row * r * row)) / column);
        }
        return steps;
    }

    /** Whether it joins more than touching pixels. */
    boolean merges() {
        return columnSteps.length > 2 || columnSteps[0] > 1 || columnSteps[1] > 1;
    }

    /** How many rows above a pixel matter. */
    int rows() {
        return columnSteps.length - 1;
    }

    /** The largest distance of columns at a distance of rows. */
    int columns(int rows) {
        return columnSteps[rows];
    }

    private static int whole(double steps) {
        return (int) Math.min(LONGEST, Math.floor(steps * (1 + ROUNDING)));
    }
}
