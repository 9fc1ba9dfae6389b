package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.metric.DiceScore;
import org.lesionstream.trainer.metric.IntersectionOverUnion;
import org.lesionstream.trainer.metric.PixelCounts;
import org.lesionstream.trainer.metric.SurfaceDistances;
import org.lesionstream.trainer.weights.SafetensorsFile;

/**
 * Scores of pairs of masks, against those of a reference: {@code pred} and {@code target} {@code [n, H, W]}, {@code metrics} {@code [n, columns]}.
 *
 * <p>The error of a score is its difference over the larger of 1 and the reference, so that shares are compared as they are. The reference smooths Dice and
 * intersection over union by 1e-5; of n pixels that moves a score by at most 1e-5 / n.
 */
final class MetricsReference {
    private MetricsReference() {}

    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        FloatTensor expected = content.tensor("metrics");
        FloatTensor predicted = content.tensor("pred");
        FloatTensor truth = content.tensor("target");
        double undefined = config.path("undefined").asDouble();
        List<String> columns = new ArrayList<>();
        config.path("columns").forEach(column -> columns.add(column.asText()));
        int images = (int) predicted.shape()[0];
        double largest = 0;
        for (int image = 0; image < images; image++) {
            LabelMask ours = mask(predicted, image);
            LabelMask theirs = mask(truth, image);
            for (int column = 0; column < columns.size(); column++) {
                double wanted = expected.values()[image * columns.size() + column];
                double error = Math.abs(score(columns.get(column), ours, theirs, undefined) - wanted);
                largest = Math.max(largest, error / Math.max(1, Math.abs(wanted)));
            }
        }
        return Comparison.of(columns.size() + " scores of " + images + " pairs of masks", largest);
    }

    private static double score(String name, LabelMask predicted, LabelMask truth, double undefined) {
        PixelCounts counts = PixelCounts.of(predicted, truth, 1);
        Optional<SurfaceDistances> distances = SurfaceDistances.between(predicted, truth, 1, Optional.empty());
        return switch (name) {
            case "tp" -> counts.both();
            case "fp" -> counts.predictedOnly();
            case "fn" -> counts.truthOnly();
            case "tn" -> counts.neither();
            case "dice" -> new DiceScore().of(counts);
            case "iou" -> new IntersectionOverUnion().of(counts);
            case "mae" -> counts.meanAbsoluteError();
            case "accuracy" -> 1 - counts.meanAbsoluteError();
            case "hausdorff" -> distances.map(SurfaceDistances::hausdorff).orElse(undefined);
            case "hd95" -> distances.map(SurfaceDistances::hausdorff95).orElse(undefined);
            default -> throw new IllegalArgumentException("score \"" + name + "\" is not known here");
        };
    }

    private static LabelMask mask(FloatTensor masks, int image) {
        int height = (int) masks.shape()[1];
        int width = (int) masks.shape()[2];
        byte[] labels = new byte[height * width];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) masks.values()[image * labels.length + pixel];
        }
        return new LabelMask(height, width, labels);
    }
}
