package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LesionStatisticsTest {

    private static final Optional<Double> NONE = Optional.empty();

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCannotBeALesion(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("index must be at least 1, was 0", () -> lesion(0, 1, 4, NONE, 1, 1, 0, 2, NONE, NONE)),
                of("label must be from 1 to 255, was 0", () -> lesion(1, 0, 4, NONE, 1, 1, 0, 2, NONE, NONE)),
                of("label must be from 1 to 255, was 256", () -> lesion(1, 256, 4, NONE, 1, 1, 0, 2, NONE, NONE)),
                of("areaPixels must be at least 1, was 0", () -> lesion(1, 1, 0, NONE, 1, 1, 0, 2, NONE, NONE)),
                of(
                        "areaPixels must fit into the bounding box, was 5",
                        () -> lesion(1, 1, 5, NONE, 1, 1, 0, 2, NONE, NONE)),
                of(
                        "areaSquareMillimetres must be positive, was 0.0",
                        () -> lesion(1, 1, 4, Optional.of(0.0), 1, 1, 0, 2, NONE, NONE)),
                of(
                        "centroidRow must lie in the bounding box, was 1.5",
                        () -> lesion(1, 1, 4, NONE, 1.5, 1, 0, 2, NONE, NONE)),
                of(
                        "centroidRow must lie in the bounding box, was NaN",
                        () -> lesion(1, 1, 4, NONE, Double.NaN, 1, 0, 2, NONE, NONE)),
                of(
                        "centroidColumn must lie in the bounding box, was -0.5",
                        () -> lesion(1, 1, 4, NONE, 1, -0.5, 0, 2, NONE, NONE)),
                of("minRow must not be negative, was -1", () -> lesion(1, 1, 4, NONE, 1, 1, -1, 2, NONE, NONE)),
                of("maxRow must be beyond minRow 2, was 2", () -> lesion(1, 1, 4, NONE, 1, 1, 2, 2, NONE, NONE)),
                of(
                        "minColumn must not be negative, was -1",
                        () -> new LesionStatistics(
                                1, 1, 1, NONE, 0, 0, 0, -1, 1, 1, NONE, NONE, Optional.empty(), Optional.empty())),
                of(
                        "maxColumn must be beyond minColumn 1, was 1",
                        () -> new LesionStatistics(
                                1, 1, 1, NONE, 0, 1, 0, 1, 1, 1, NONE, NONE, Optional.empty(), Optional.empty())),
                of(
                        "meanConfidence must be from 0 to 1, was 1.5",
                        () -> lesion(1, 1, 4, NONE, 1, 1, 0, 2, Optional.of(1.5), Optional.of(0.5))),
                of(
                        "minConfidence must be from 0 to 1, was NaN",
                        () -> lesion(1, 1, 4, NONE, 1, 1, 0, 2, Optional.of(0.5), Optional.of(Double.NaN))),
                of("must come together", () -> lesion(1, 1, 4, NONE, 1, 1, 0, 2, Optional.of(0.5), NONE)));
    }

    private static Arguments of(String message, ThrowingCallable construction) {
        return Arguments.of(message, construction);
    }

    /** A lesion whose bounding box is a square from {@code min} to before {@code max}. */
    private static LesionStatistics lesion(
            int index,
            int label,
            long area,
            Optional<Double> areaSquareMillimetres,
            double centroidRow,
            double centroidColumn,
            int min,
            int max,
            Optional<Double> meanConfidence,
            Optional<Double> minConfidence) {
        return new LesionStatistics(
                index,
                label,
                area,
                areaSquareMillimetres,
                centroidRow,
                centroidColumn,
                min,
                min,
                max,
                max,
                meanConfidence,
                minConfidence,
                Optional.empty(),
                Optional.empty());
    }
}
