package org.lesionstream.trainer.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * How a checkpoint was learnt, epoch by epoch.
 *
 * @param epochs in order
 * @param best the epoch whose weights are kept; none while none may be
 */
public record TrainingCurve(List<Epoch> epochs, OptionalInt best) {

    /** As many epochs as an axis has room for without showing parts of one. */
    private static final int FEWEST_ACROSS = 5;

    private static final String BEST_NOTE =
            "<p class=\"note\">The dashed line marks the epoch whose weights are kept.</p>\n";

    public TrainingCurve {
        epochs = List.copyOf(epochs);
    }

    /**
     * One epoch.
     *
     * @param epoch counted from 1
     * @param trainingLoss mean over its steps
     * @param validationDice after it
     * @param learningRate of its last step
     */
    public record Epoch(int epoch, double trainingLoss, double validationDice, double learningRate) {}

    /** The epoch that was done last. */
    Optional<Epoch> last() {
        return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
    }

    /** The epoch whose weights are kept. */
    Optional<Epoch> bestEpoch() {
        return epochs.stream()
                .filter(each -> best.isPresent() && each.epoch() == best.getAsInt())
                .findFirst();
    }

    /** The curves of loss, of validation Dice and of the learning rate, the best epoch marked; nothing without an epoch. */
    String figures() {
        if (epochs.isEmpty()) {
            return "";
        }
        String dice = "Validation DSC, mean of images";
        return (best.isPresent() ? BEST_NOTE : "")
                + "<div class=\"charts\">\n"
                + figure("Training loss", around("loss", Epoch::trainingLoss), 1, Epoch::trainingLoss)
                + figure(dice, Axis.linear("DSC", 0, 1), 0, Epoch::validationDice)
                + figure("Learning rate", around("learning rate", Epoch::learningRate), 2, Epoch::learningRate)
                + "</div>\n";
    }

    private Axis around(String title, ToDoubleFunction<Epoch> value) {
        double lowest = epochs.stream().mapToDouble(value).min().orElseThrow();
        double highest = epochs.stream().mapToDouble(value).max().orElseThrow();
        return Axis.around(title, Math.min(0, lowest), highest);
    }

    private String figure(String title, Axis up, int series, ToDoubleFunction<Epoch> value) {
        Epoch last = last().orElseThrow();
        Axis across = Axis.linear("epoch", 0, Math.max(FEWEST_ACROSS, last.epoch()));
        List<Plot.Point> points = epochs.stream()
                .map(each -> new Plot.Point(each.epoch(), value.applyAsDouble(each)))
                .toList();
        Plot plot = new Plot(title, across, up)
                .line(points, series)
                .dot(points.get(points.size() - 1), series, tip("last", last, value));
        bestEpoch().ifPresent(marked -> plot.guide(
                        new Plot.Point(marked.epoch(), up.low()), new Plot.Point(marked.epoch(), up.high()))
                .dot(new Plot.Point(marked.epoch(), value.applyAsDouble(marked)), series, tip("best", marked, value)));
        return plot.figure();
    }

    private static String tip(String which, Epoch epoch, ToDoubleFunction<Epoch> value) {
        return "%s epoch %d: %s".formatted(which, epoch.epoch(), Html.significant(value.applyAsDouble(epoch)));
    }
}
