package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.DatasetScan;
import org.lesionstream.trainer.data.DatasetSplit;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.Ensemble;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.training.TrainingOutcome;
import org.lesionstream.trainer.weights.StateDict;
import org.lesionstream.trainer.weights.WeightsFile;

/**
 * One run for each fold of the cases, and the ensemble of them all: every case judges exactly one of the networks, the one that has not seen it.
 *
 * <ul>
 *   <li>All runs share network, input and normalisation, so that their networks can answer together. The normalisation is that of all pictures, validation included.
 *   <li>Each run has a folder of its own under the run of the checkpoint; what is finished is not trained again.
 *   <li>A {@code test} split stays out of all folds, and scores the ensemble.
 * </ul>
 */
final class CrossValidation implements AutoCloseable {

    private final CaseIndex index;
    private final List<TrainingPlan> plans = new ArrayList<>();
    private final Normalisation normalisation;
    private final Optional<WeightsFile> parent;
    private final TrainingSession session;
    private final NDManager manager = NDManager.newBaseManager();
    private final List<RunFolder> folders = new ArrayList<>();
    private final List<RunPage> pages = new ArrayList<>();
    private final List<TrainingOutcome> outcomes = new ArrayList<>();
    private final List<CaseScore> scores = new ArrayList<>();
    private final Map<String, FloatTensor> weights = new LinkedHashMap<>();

    CrossValidation(
            CaseIndex index,
            DatasetScan scan,
            Recipe recipe,
            Optional<WeightsFile> parent,
            int folds,
            TrainingSession session) {
        this.index = index;
        this.parent = parent;
        this.session = session;
        RecipeReader reader = new RecipeReader(recipe);
        for (DatasetSplit split : DatasetSplit.folds(index, folds, reader.seed())) {
            plans.add(TrainingPlan.of(split, index.cases("test"), recipe, scan));
        }
        TrainingPlan first = plans.get(0);
        CaseReader cases = new CaseReader(first.input(), first.labels());
        this.normalisation = parent.map(WeightsFile::normalisation)
                .or(() -> reader.normalisation(first.input().channels()))
                .orElseGet(() -> Normalisation.of(() -> first.split()
                        .all()
                        .map(files -> cases.sample(files).image())
                        .iterator()));
    }

    /** Trains what is not trained yet; says whether all is. */
    boolean run(Path store, String name) throws IOException {
        PrintWriter err = session.err();
        for (int fold = 1; fold <= plans.size(); fold++) {
            TrainingPlan plan = plans.get(fold - 1);
            RunFolder folder = RunFolder.open(store, name + "/fold-" + fold);
            folders.add(folder);
            session.begin(folder, plan);
            RunPage page = session.page(folder, plan);
            pages.add(page);
            err.printf(
                    Locale.ROOT,
                    "fold %d of %d: %d cases teach, %d judge%n",
                    fold,
                    plans.size(),
                    plan.split().train().size(),
                    plan.split().validation().size());
            err.flush();
            if (!run(fold, plan, folder, page)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(int fold, TrainingPlan plan, RunFolder folder, RunPage page) throws IOException {
        try (NDManager ofFold = NDManager.newBaseManager()) {
            TrainingWiring wiring = new TrainingWiring(plan, parent, Optional.of(normalisation), ofFold);
            wiring.tellTransfer(session.err());
            TrainingOutcome outcome = session.run(folder, page, wiring, ofFold);
            if (outcome.finished()) {
                outcomes.add(outcome);
                scores.addAll(wiring.validationScores());
                StateDict.of(wiring.network())
                        .forEach((name, tensor) -> weights.put(Ensemble.prefix(fold) + "." + name, tensor));
            }
            return outcome.finished();
        }
    }

    /** The networks of all folds as one; call it after {@link #run} has finished and publish it before closing. */
    TrainedCheckpoint ensemble() {
        TrainingPlan plan = plans.get(0);
        SegmentationNetwork network = NetworkCatalog.build(Ensemble.of(plan.network(), plans.size()));
        Shape image = new Shape(
                1, plan.input().channels(), plan.input().height(), plan.input().width());
        StateDict.load(network, weights, manager, image);
        return new TrainedCheckpoint(
                plan,
                network,
                InferenceMode.ACCURATE,
                normalisation,
                outcomes,
                Map.of("cross-validation", SplitScore.of(scores)),
                index.cases("test").isEmpty() ? Map.of() : Map.of("test", index.cases("test")));
    }

    /** Says on the pages of all runs which version came of them. */
    void published(String reference) {
        for (int fold = 0; fold < pages.size(); fold++) {
            pages.get(fold).published(outcomes.get(fold), reference);
        }
    }

    /** Forgets the runs. */
    void clear() throws IOException {
        for (RunFolder folder : folders) {
            folder.clear();
        }
    }

    @Override
    public void close() throws IOException {
        manager.close();
        pages.forEach(RunPage::close);
        for (RunFolder folder : folders) {
            folder.close();
        }
    }
}
