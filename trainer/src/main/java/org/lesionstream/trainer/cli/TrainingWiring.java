package org.lesionstream.trainer.cli;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.evaluation.BlockPredictor;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.Judge;
import org.lesionstream.trainer.evaluation.PictureSegmenter;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.precision.MixedPrecisionBlock;
import org.lesionstream.trainer.training.RunSettings;
import org.lesionstream.trainer.training.RunSurroundings;
import org.lesionstream.trainer.training.TrainingRun;
import org.lesionstream.trainer.weights.WeightTransfer;
import org.lesionstream.trainer.weights.WeightsFile;

/** Builds everything a training run consists of from its plan: reading it tells who talks to whom. */
final class TrainingWiring {

    /** Of the heap, for each of the two caches; the rest is for batches, weights and the garbage between them. */
    private static final int CACHE_SHARE = 4;

    private final TrainingPlan plan;
    private final RecipeReader recipe;
    private final NDManager manager;
    private final SegmentationNetwork network;
    private final Optional<TransferLine> transfer;
    private final SampleCache samples;
    private final Normalisation normalisation;
    private final Judge judge;

    /**
     * Reads the training pictures as far as memory allows, and draws the first weights.
     *
     * @param parent the first weights, whose normalisation is kept if the channels are; none draws weights
     * @param fixed normalisation that is decided already; none lets the recipe decide
     * @param manager owner of the network's arrays
     */
    TrainingWiring(TrainingPlan plan, Optional<WeightsFile> parent, Optional<Normalisation> fixed, NDManager manager)
            throws IOException {
        InputSpec input = plan.input();
        CaseReader reader = new CaseReader(input, plan.labels());
        this.plan = plan;
        this.recipe = new RecipeReader(plan.recipe());
        this.manager = manager;
        this.samples = new SampleCache(plan.split().train(), reader::sample, cacheBytes());
        this.normalisation = fixed.or(() -> parent.map(WeightsFile::normalisation)
                        .filter(map -> map.mean().size() == input.channels()))
                .or(() -> recipe.normalisation(input.channels()))
                .orElseGet(() -> Normalisation.of(samples.images()));
        this.judge = new Judge(new SampleCache(plan.split().validation(), reader::source, cacheBytes()), plan.labels());
        Engine.getInstance().setRandomSeed((int) recipe.seed());
        this.network = NetworkCatalog.build(plan.network());
        network.initialize(manager, DataType.FLOAT32, new Shape(1, input.channels(), input.height(), input.width()));
        if (parent.isPresent()) {
            this.transfer = Optional.of(new TransferLine(
                    WeightTransfer.load(parent.get(), network),
                    NetworkCatalog.build(parent.get().network()),
                    network));
        } else {
            this.transfer = Optional.empty();
        }
    }

    /** The network that {@link #run} trains. */
    SegmentationNetwork network() {
        return network;
    }

    /** Tells what the network took over of the first weights, if they were given. */
    void tellTransfer(PrintWriter err) {
        transfer.ifPresent(line -> {
            err.println(line.words());
            err.flush();
        });
    }

    /** What the network's input went through; it belongs into the exported graph. */
    Normalisation normalisation() {
        return normalisation;
    }

    TrainingRun run(Duration keepEvery, RunSurroundings around) throws IOException {
        RunSettings settings = recipe.settings(keepEvery);
        SegmentationDataset dataset = new SegmentationDataset(
                samples,
                plan.input(),
                network.classes(),
                normalisation,
                recipe.augmentation(),
                recipe.weightMap(plan.labels()),
                settings.seed());
        return new TrainingRun(
                learning(), recipe.loss(), dataset, () -> CaseScore.meanDice(validationScores()), settings, around);
    }

    /** The network as it computes while it trains; its parameters are those of the network. */
    private Block learning() throws IOException {
        return switch (recipe.precision()) {
            case FP32 -> network;
            case MIXED ->
                MixedPrecisionBlock.of(
                        network, plan.input().height(), plan.input().width(), manager);
        };
    }

    /** The network as it stands, scored on every validation case. */
    List<CaseScore> validationScores() {
        double threshold = plan.output().threshold();
        BlockPredictor predictor =
                new BlockPredictor(network, network.answeringHead(), manager, plan.input(), normalisation, threshold);
        return judge.scores(new PictureSegmenter(plan.input(), predictor, threshold, recipe.batchSize()));
    }

    private static long cacheBytes() {
        return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
    }
}
