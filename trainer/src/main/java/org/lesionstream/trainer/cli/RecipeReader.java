package org.lesionstream.trainer.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.augment.Augmentation;
import org.lesionstream.trainer.data.BorderWeightMap;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.optimizer.WeightAverage;
import org.lesionstream.trainer.precision.TrainingPrecision;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.training.RunSettings;
import org.lesionstream.trainer.training.StopRule;

/** What the settings of a recipe mean, one method for each part of a run; a text that means nothing is refused by the name of its setting. */
final class RecipeReader {

    private final Recipe recipe;

    RecipeReader(Recipe recipe) {
        this.recipe = recipe;
    }

    /** Reads everything once, so that a mistake shows before any picture is read. */
    void check() {
        network();
        geometry();
        size();
        loss();
        augmentation();
        weightMap(2);
        precision();
        validationShare();
        settings(Duration.ofMinutes(1));
    }

    NetworkSpec network() {
        return read(Setting.NETWORK, NetworkSpec::parse);
    }

    Optional<GeometryKind> geometry() {
        return recipe.given(Setting.GEOMETRY)
                .map(text -> read(Setting.GEOMETRY, kind -> GeometryKind.valueOf(kind.toUpperCase(Locale.ROOT))));
    }

    OptionalInt size() {
        return recipe.optionalCount(Setting.SIZE);
    }

    /** The fixed map of the samples, or nothing if it is to be measured. */
    Optional<Normalisation> normalisation(int channels) {
        return read(
                Setting.NORMALISATION,
                text -> text.equals("measured")
                        ? Optional.empty()
                        : Optional.of(NormalisationOptions.known(text, channels)));
    }

    DeepSupervision loss() {
        return new DeepSupervision(read(Setting.LOSS, LossCatalog::parse), read(Setting.HEADS, HeadWeights::parse));
    }

    SampleTransform augmentation() {
        return read(Setting.AUGMENTATION, Augmentation::parse);
    }

    Optional<Function<LabelMask, float[]>> weightMap(int labels) {
        return recipe.given(Setting.WEIGHT_MAP)
                .map(text -> read(Setting.WEIGHT_MAP, BorderWeightMap::parse))
                .map(map -> mask -> map.of(mask, labels));
    }

    TrainingPrecision precision() {
        return read(Setting.PRECISION, TrainingPrecision::parse);
    }

    double validationShare() {
        return recipe.number(Setting.VALIDATION_SHARE);
    }

    long seed() {
        return recipe.wholeNumber(Setting.SEED);
    }

    int batchSize() {
        return recipe.count(Setting.BATCH);
    }

    RunSettings settings(Duration keepEvery) {
        return new RunSettings(
                seed(),
                batchSize(),
                recipe.count(Setting.ACCUMULATE),
                read(Setting.OPTIMIZER, OptimizerRule::parse),
                recipe.number(Setting.LEARNING_RATE),
                read(Setting.SCHEDULE, LearningRateSchedule::parse),
                read(Setting.CLIP, GradientClip::parse),
                recipe.given(Setting.AVERAGE).map(text -> read(Setting.AVERAGE, WeightAverage.Rule::parse)),
                recipe.count(Setting.BEST_FROM),
                stop(),
                keepEvery);
    }

    private StopRule stop() {
        Optional<Duration> time = recipe.optionalNumber(Setting.MINUTES).isPresent()
                ? Optional.of(Duration.ofMillis(Math.round(recipe.number(Setting.MINUTES) * 60_000)))
                : Optional.empty();
        return new StopRule(
                time,
                recipe.optionalCount(Setting.EPOCHS),
                recipe.optionalNumber(Setting.UNTIL_DICE),
                recipe.optionalCount(Setting.PATIENCE));
    }

    /** Names the setting in front of what its reader has to say. */
    private <T> T read(Setting setting, Reader<T> reader) {
        try {
            return reader.read(recipe.text(setting));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("--" + setting.key() + ": " + refused.getMessage(), refused);
        }
    }

    private interface Reader<T> {
        T read(String text);
    }
}
