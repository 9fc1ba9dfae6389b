package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionstream.schemas.lesion.LesionRules;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What of a mask counts as a lesion; part of the checkpoint, so that every worker and every report applies the same. */
final class LesionRuleOptions {

    /** A number with its unit: {@code 12px}, {@code 1.5mm}, {@code 2.5mm2}, {@code 8mm3}. */
    record Measure(double value, String unit) {}

    /** A measure in one of a few units. */
    private abstract static class MeasureConverter implements ITypeConverter<Measure> {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(px|mm[23]?)");

        private final List<String> units;

        MeasureConverter(String... units) {
            this.units = List.of(units);
        }

        @Override
        public Measure convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()
                    || !units.contains(matcher.group(2))
                    || Double.parseDouble(matcher.group(1)) == 0
                    || (units.contains("mm2")
                            && matcher.group(2).equals("px")
                            && matcher.group(1).contains("."))) {
                throw new TypeConversionException(
                        "'" + text + "' is not a positive number with its unit, one of " + String.join(", ", units));
            }
            return new Measure(Double.parseDouble(matcher.group(1)), matcher.group(2));
        }
    }

    /** Of a distance. */
    static final class DistanceConverter extends MeasureConverter {
        DistanceConverter() {
            super("px", "mm");
        }
    }

    /** Of a size. */
    static final class SizeConverter extends MeasureConverter {
        SizeConverter() {
            super("px", "mm2", "mm3");
        }
    }

    @Option(
            names = "--fill-holes",
            negatable = true,
            description = "Count background that a lesion encloses as part of it; --no-fill-holes does not.")
    private Optional<Boolean> fillHoles = Optional.empty();

    @Option(
            names = "--merge-distance",
            split = ",",
            paramLabel = "LENGTH",
            converter = DistanceConverter.class,
            description =
                    "Count regions of one class that are no farther apart as one lesion: 4px or 1.5mm, or both: then"
                            + " millimetres where the pixel spacing is known, else pixels.")
    private List<Measure> mergeDistance = new ArrayList<>();

    @Option(
            names = "--smallest-lesion",
            split = ",",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description =
                    "Do not count smaller lesions: 12px, 2.5mm2, in volumes 8mm3, or several of them; mm2 takes the"
                            + " place of px where the pixel spacing is known.")
    private List<Measure> smallestLesion = new ArrayList<>();

    /** The rules, where an option says otherwise than {@code base}. */
    LesionRules over(LesionRules base) {
        boolean sizes = !smallestLesion.isEmpty();
        boolean distances = !mergeDistance.isEmpty();
        return new LesionRules(
                sizes ? (long) in(smallestLesion, "px").orElse(1) : base.smallestAreaPixels(),
                sizes ? boxed(in(smallestLesion, "mm2")) : base.smallestAreaSquareMillimetres(),
                sizes ? boxed(in(smallestLesion, "mm3")) : base.smallestVolumeCubicMillimetres(),
                fillHoles.orElse(base.fillHoles()),
                distances ? boxed(in(mergeDistance, "px")) : base.mergeDistancePixels(),
                distances ? boxed(in(mergeDistance, "mm")) : base.mergeDistanceMillimetres());
    }

    /** The last one in that unit. */
    private static OptionalDouble in(List<Measure> measures, String unit) {
        return measures.stream()
                .filter(measure -> measure.unit().equals(unit))
                .mapToDouble(Measure::value)
                .reduce((first, second) -> second);
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
