package org.lesionstream.schemas.nifti;

import java.util.OptionalDouble;

/** What lengths of a file are measured in. */
enum SpaceUnit {
    METRE(1000),
    MILLIMETRE(1),
    MICROMETRE(1e-3),
    /** Nobody said. Millimetres are likely then, and not assumed: a wrong size of a lesion is worse than none. */
    UNKNOWN(Double.NaN);

    private static final int OF_SPACE = 7; // the other bits are the unit of time

    private final double millimetres;

    SpaceUnit(double millimetres) {
        this.millimetres = millimetres;
    }

    /** @param units of space and time, as in the header */
    static SpaceUnit of(int units) {
        return switch (units & OF_SPACE) {
            case 1 -> METRE;
            case 2 -> MILLIMETRE;
            case 3 -> MICROMETRE;
            default -> UNKNOWN;
        };
    }

    /** How many millimetres one unit has. */
    OptionalDouble millimetres() {
        return this == UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(millimetres);
    }
}
