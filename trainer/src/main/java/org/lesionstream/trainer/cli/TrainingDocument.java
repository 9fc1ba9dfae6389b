package org.lesionstream.trainer.cli;

import java.time.Duration;
import java.util.List;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.LearningRateSchedule;
import org.lesionstream.trainer.training.RunSettings;
import org.lesionstream.trainer.training.TrainingOutcome;

/**
 * {@code training.json}: how a checkpoint came about, so that the run can be repeated. Names no file, since file names may tell who a patient is.
 *
 * @param producer program and version
 * @param network text form, complete
 * @param data digest and counts of the cases
 * @param normalisation as measured on the training pictures
 * @param seed of weights, order and augmentation
 * @param settings every other number
 * @param processors of the machine; sums of floats depend on how many threads made them
 * @param bestEpoch the epoch whose weights were kept
 * @param curve every epoch
 */
record TrainingDocument(
        String producer,
        String network,
        Data data,
        Normalisation normalisation,
        long seed,
        Settings settings,
        int processors,
        int bestEpoch,
        List<Epoch> curve) {

    /** What was learnt from. */
    record Data(String sha256, int trainingCases, int validationCases) {}

    /** The settings as numbers and words. */
    record Settings(
            int batchSize,
            double learningRate,
            LearningRateSchedule schedule,
            double crossEntropyWeight,
            double diceWeight,
            double diceSmoothing,
            double contrast,
            double brightness,
            boolean flips,
            Duration timeLimit,
            Integer epochLimit,
            Double diceLimit) {

        static Settings of(RunSettings settings) {
            return new Settings(
                    settings.batchSize(),
                    settings.learningRate(),
                    settings.schedule(),
                    settings.crossEntropyWeight(),
                    settings.diceWeight(),
                    settings.diceSmoothing(),
                    settings.contrast(),
                    settings.brightness(),
                    settings.flips(),
                    settings.stop().time().orElse(null),
                    settings.stop().epochs().isPresent()
                            ? (Integer) settings.stop().epochs().getAsInt()
                            : null,
                    settings.stop().dice().isPresent()
                            ? (Double) settings.stop().dice().getAsDouble()
                            : null);
        }
    }

    /** One point of the curve. */
    record Epoch(int epoch, double trainingLoss, double validationDice, double learningRate, double seconds) {

        static Epoch of(EpochReport report) {
            return new Epoch(
                    report.epoch(),
                    report.trainingLoss(),
                    report.validationDice(),
                    report.learningRate(),
                    report.elapsed().toMillis() / 1000.0);
        }
    }

    static TrainingDocument of(
            String producer, TrainingPlan plan, Normalisation normalisation, TrainingOutcome outcome, int processors) {
        return new TrainingDocument(
                producer,
                plan.network().toString(),
                new Data(
                        plan.dataDigest(),
                        plan.split().train().size(),
                        plan.split().validation().size()),
                normalisation,
                plan.settings().seed(),
                Settings.of(plan.settings()),
                processors,
                outcome.best().epoch(),
                outcome.curve().stream().map(Epoch::of).toList());
    }
}
