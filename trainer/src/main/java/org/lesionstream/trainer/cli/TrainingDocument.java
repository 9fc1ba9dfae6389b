package org.lesionstream.trainer.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.TrainingOutcome;

/**
 * {@code training.json}: how a checkpoint came about, so that the run can be repeated with the recipe beside it. Names no file, since file names may tell who a patient is.
 *
 * @param producer program and version
 * @param network text form, complete
 * @param recipe its name; the whole is in {@code recipe.json}
 * @param data digest and counts of the cases
 * @param normalisation of the samples
 * @param seed of weights, order and augmentation
 * @param processors of the machine; sums of floats depend on how many threads made them
 * @param bestEpoch the epoch whose weights were kept
 * @param curve every epoch
 * @param folds the runs of a cross validation, in place of the two before
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TrainingDocument(
        String producer,
        String network,
        String recipe,
        Data data,
        Normalisation normalisation,
        long seed,
        int processors,
        Integer bestEpoch,
        List<Epoch> curve,
        List<Fold> folds) {

    /** What was learnt from. */
    record Data(String sha256, int trainingCases, int validationCases) {}

    /** One run of a cross validation. */
    record Fold(int bestEpoch, double validationDice, List<Epoch> curve) {

        static Fold of(TrainingOutcome outcome) {
            return new Fold(outcome.best().epoch(), outcome.best().validationDice(), Epoch.of(outcome));
        }
    }

    /** One point of the curve. */
    record Epoch(int epoch, double trainingLoss, double validationDice, double learningRate, double seconds) {

        static List<Epoch> of(TrainingOutcome outcome) {
            return outcome.curve().stream().map(Epoch::of).toList();
        }

        private static Epoch of(EpochReport report) {
            return new Epoch(
                    report.epoch(),
                    report.trainingLoss(),
                    report.validationDice(),
                    report.learningRate(),
                    report.elapsed().toMillis() / 1000.0);
        }
    }

    static TrainingDocument of(
            String producer,
            TrainingPlan plan,
            Normalisation normalisation,
            List<TrainingOutcome> runs,
            int processors) {
        boolean one = runs.size() == 1;
        return new TrainingDocument(
                producer,
                plan.network().toString(),
                plan.recipe().name(),
                new Data(
                        plan.dataDigest(),
                        plan.split().train().size(),
                        plan.split().validation().size()),
                normalisation,
                new RecipeReader(plan.recipe()).seed(),
                processors,
                one ? (Integer) runs.get(0).best().epoch() : null,
                one ? Epoch.of(runs.get(0)) : List.of(),
                one ? List.of() : runs.stream().map(Fold::of).toList());
    }
}
