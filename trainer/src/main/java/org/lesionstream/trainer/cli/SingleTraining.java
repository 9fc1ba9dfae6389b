package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.trainer.training.TrainingOutcome;
import org.lesionstream.trainer.weights.WeightsFile;

/**
 * One network from its plan to a published version.
 *
 * @param session how it is run
 * @param parent the first weights; none draws them
 * @param publisher takes the network when it is trained
 */
record SingleTraining(TrainingSession session, Optional<WeightsFile> parent, Publisher publisher) {

    /**
     * Trains and publishes.
     *
     * @param folder begun for the plan; its run is left for the caller to clear
     * @return empty if the run was interrupted and kept
     */
    Optional<TrainedRun> run(RunFolder folder, TrainingPlan plan) throws IOException {
        plan.announce(session.err());
        try (RunPage page = session.page(folder, plan);
                NDManager manager = NDManager.newBaseManager()) {
            TrainingWiring wiring = new TrainingWiring(plan, parent, Optional.empty(), manager);
            wiring.tellTransfer(session.err());
            TrainingOutcome outcome = session.run(folder, page, wiring, manager);
            if (!outcome.finished()) {
                return Optional.empty();
            }
            Publisher.Publication published = publisher.publish(TrainedCheckpoint.of(plan, wiring, outcome));
            page.published(outcome, published.reference());
            Map<String, Double> dice = new LinkedHashMap<>();
            published.scores().forEach((split, score) -> dice.put(split, score.dice()));
            return Optional.of(new TrainedRun(
                    new RecipeReader(plan.recipe()).seed(), published.version(), outcome.bestEpoch(), dice));
        }
    }
}
