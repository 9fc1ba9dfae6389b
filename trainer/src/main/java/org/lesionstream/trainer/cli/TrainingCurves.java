package org.lesionstream.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.report.TrainingCurve;

/** The curve in {@code training.json} of a published version; those that were imported or adopted have none. */
final class TrainingCurves {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrainingCurves() {}

    /**
     * Reads it.
     *
     * @return absent when the version does not tell, or an epoch lacks a number
     * @throws IOException when the file is no JSON
     */
    static Optional<TrainingCurve> of(PublishedCheckpoint published) throws IOException {
        Path file = published.folder().resolve(TrainedCheckpoint.TRAINING);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<TrainingCurve.Epoch> epochs = new ArrayList<>();
        JsonNode training = JSON.readTree(Files.readAllBytes(file));
        for (JsonNode epoch : training.path("curve")) {
            JsonNode number = epoch.path("epoch");
            JsonNode loss = epoch.path("trainingLoss");
            JsonNode dice = epoch.path("validationDice");
            JsonNode rate = epoch.path("learningRate");
            if (!(number.isInt() && loss.isNumber() && dice.isNumber() && rate.isNumber())) {
                return Optional.empty();
            }
            epochs.add(new TrainingCurve.Epoch(number.asInt(), loss.asDouble(), dice.asDouble(), rate.asDouble()));
        }
        JsonNode best = training.path("bestEpoch");
        return epochs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TrainingCurve(epochs, best.isInt() ? OptionalInt.of(best.asInt()) : OptionalInt.empty()));
    }
}
