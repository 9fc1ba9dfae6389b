package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lesionstream.trainer.metric.DiceScore;
import org.lesionstream.trainer.metric.IntersectionOverUnion;
import org.lesionstream.trainer.metric.PixelCounts;

/**
 * The scores that follow from one confusion matrix of pixels, or their mean over classes.
 *
 * @param dice 1 where both masks are empty
 * @param intersectionOverUnion likewise
 * @param meanAbsoluteError of the decided masks
 * @param sensitivity absent where there is no lesion
 * @param specificity absent where there is nothing but lesion
 */
public record PixelScores(
        double dice,
        double intersectionOverUnion,
        double meanAbsoluteError,
        OptionalDouble sensitivity,
        OptionalDouble specificity) {

    private static final DiceScore DICE = new DiceScore();
    private static final IntersectionOverUnion IOU = new IntersectionOverUnion();

    /** The scores of some pixels. */
    public static PixelScores of(PixelCounts counts) {
        return new PixelScores(
                DICE.of(counts),
                IOU.of(counts),
                counts.meanAbsoluteError(),
                counts.sensitivity(),
                counts.specificity());
    }

    /** The mean of each score over those that have it ("macro"). */
    static PixelScores macro(List<PixelScores> classes) {
        return new PixelScores(
                mean(classes, PixelScores::dice),
                mean(classes, PixelScores::intersectionOverUnion),
                mean(classes, PixelScores::meanAbsoluteError),
                meanOfPresent(classes, PixelScores::sensitivity),
                meanOfPresent(classes, PixelScores::specificity));
    }

    private static double mean(List<PixelScores> classes, ToDoubleFunction<PixelScores> score) {
        return classes.stream().mapToDouble(score).average().orElseThrow();
    }

    private static OptionalDouble meanOfPresent(
            List<PixelScores> classes, Function<PixelScores, OptionalDouble> score) {
        return classes.stream()
                .map(score)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }
}
