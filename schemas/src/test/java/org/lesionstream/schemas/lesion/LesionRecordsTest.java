package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;

class LesionRecordsTest {

    private static final Optional<Double> NONE = Optional.empty();
    private static final PixelSpacing PIXEL = new PixelSpacing(0.7, 0.4);

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCannotBeMeasured(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("holes must not be negative, was -1", () -> shape(-1, 4, 1)),
                of("convexAreaPixels must be at least 1, was 0.5", () -> shape(0, 0.5, 1)),
                of("solidity must be above 0 and at most 1, was 0.0", () -> shape(0, 4, 0)),
                of("solidity must be above 0 and at most 1, was 1.1", () -> shape(0, 4, 1.1)),
                of("ends must lie in the image", () -> new LesionShape.DiameterEnds(-1, 0, 1, 1)),
                of("equivalentDiameter must be positive and finite, was 0.0", () -> measures(0, 0, 0, 1)),
                of("eccentricity must be from 0 to 1, was 1.5", () -> measures(1, 1.5, 0, 1)),
                of("orientation must be from -pi/2 to pi/2, was 2.0", () -> measures(1, 0, 2, 1)),
                of("perimeter must be positive and finite, was NaN", () -> measures(1, 0, 0, Double.NaN)),
                of("min must be finite and at most max", () -> new IntensityStatistics(1, 2, 1, 0)),
                of("mean must lie between min and max, was 3.0", () -> new IntensityStatistics(3, 1, 2, 0)),
                of("standardDeviation must not be negative", () -> new IntensityStatistics(1, 1, 2, -1)),
                of("index must be at least 1, was 0", () -> volume(0, 1, 0, 1, 1, Optional.of(1.0))),
                of("voxels must be at least 1, was 0", () -> volume(1, 0, 0, 1, 1, Optional.of(1.0))),
                of(
                        "centroidSlice must lie in the bounding box, was 1.5",
                        () -> volume(1, 4, 1.5, 1, 1, Optional.of(1.0))),
                of("slices must fit into the bounding box, was 3", () -> volume(1, 4, 0, 3, 1, Optional.of(1.0))),
                of("largestSliceAreaPixels must be from 1 to 4, was 5", () -> volume(1, 4, 0, 1, 5, Optional.of(1.0))),
                of("millimetres must come together", () -> volume(1, 4, 0, 1, 1, NONE)),
                of("sliceMillimetres must be positive and finite, was 0.0", () -> new VoxelSpacing(0, PIXEL)),
                of(
                        "mergeDistancePixels must be positive and finite, was NaN",
                        () -> new LesionRules(1, NONE, NONE, false, Optional.of(Double.NaN), NONE)));
    }

    @Test
    void takesEachRuleInTheUnitThatApplies() {
        LesionRules both =
                new LesionRules(5, Optional.of(2.0), Optional.of(3.0), true, Optional.of(4.0), Optional.of(1.5));
        assertThat(both.applicable(Optional.of(PIXEL)))
                .isEqualTo(new LesionRules(1, Optional.of(2.0), Optional.of(3.0), true, NONE, Optional.of(1.5)));
        assertThat(both.applicable(Optional.empty()))
                .isEqualTo(new LesionRules(5, NONE, Optional.of(3.0), true, Optional.of(4.0), NONE));
        assertThat(both.ofVolume(Optional.of(new VoxelSpacing(3, PIXEL))))
                .isEqualTo(new LesionRules(1, NONE, Optional.of(3.0), true, NONE, Optional.of(1.5)));
        assertThat(both.ofVolume(Optional.empty()))
                .isEqualTo(new LesionRules(1, NONE, NONE, true, Optional.of(4.0), NONE));
    }

    private static Arguments of(String message, ThrowingCallable construction) {
        return Arguments.of(message, construction);
    }

    private static LesionShape shape(int holes, double convexArea, double solidity) {
        return new LesionShape(
                false,
                holes,
                convexArea,
                solidity,
                new LesionShape.DiameterEnds(-0.5, -0.5, 1.5, 1.5),
                measures(1, 0, 0, 1),
                Optional.empty());
    }

    private static ShapeMeasures measures(double diameter, double eccentricity, double orientation, double perimeter) {
        return new ShapeMeasures(diameter, 1, 1, eccentricity, Optional.of(orientation), perimeter, 1, 1, 1, 1, 0);
    }

    /** A lesion in a box of two voxels each way. */
    private static VolumeLesion volume(
            int index, long voxels, double centroidSlice, int slices, long largestArea, Optional<Double> diameter) {
        Optional<Double> known = Optional.of(1.0);
        return new VolumeLesion(
                index,
                1,
                voxels,
                known,
                centroidSlice,
                0,
                0,
                0,
                0,
                0,
                2,
                2,
                2,
                true,
                slices,
                0,
                largestArea,
                known,
                known,
                1,
                diameter);
    }
}
