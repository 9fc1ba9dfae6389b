package org.lesionstream.trainer.report;

import java.util.List;

/**
 * How a checkpoint was learnt, epoch by epoch.
 *
 * @param epochs in order
 */
public record TrainingCurve(List<Epoch> epochs) {

    public TrainingCurve {
        epochs = List.copyOf(epochs);
    }

    /**
     * One epoch.
     *
     * @param epoch counted from 1
     * @param trainingLoss mean over its steps
     * @param validationDice after it
     */
    public record Epoch(int epoch, double trainingLoss, double validationDice) {}

    /** The curves of loss and of validation Dice; nothing for fewer than two epochs. */
    String figures() {
        if (epochs.size() < 2) {
            return "";
        }
        double highest = epochs.stream().mapToDouble(Epoch::trainingLoss).max().orElseThrow();
        double lowest = epochs.stream().mapToDouble(Epoch::trainingLoss).min().orElseThrow();
        Axis across = Axis.linear(
                "epoch", epochs.get(0).epoch(), epochs.get(epochs.size() - 1).epoch());
        String loss = new Plot("Training loss", across, Axis.around("loss", Math.min(0, lowest), highest))
                .line(
                        epochs.stream()
                                .map(epoch -> new Plot.Point(epoch.epoch(), epoch.trainingLoss()))
                                .toList(),
                        1)
                .figure();
        String dice = new Plot("Validation DSC, mean of images", across, Axis.linear("DSC", 0, 1))
                .line(
                        epochs.stream()
                                .map(epoch -> new Plot.Point(epoch.epoch(), epoch.validationDice()))
                                .toList(),
                        0)
                .figure();
        return "<h2>Training</h2>\n<div class=\"charts\">\n" + loss + dice + "</div>\n";
    }
}
