package org.lesionstream.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.term.Term;
import org.lesionstream.trainer.weights.SafetensorsFile;

/** Learning rates epoch by epoch, as text names the schedules, against those of a reference file. */
final class ScheduleReference {
    private static final String RATE = "lr";
    private static final String LEAST = "eta_min";
    private static final String FLOOR = "floor";

    private final SafetensorsFile content;
    private final List<FloatTensor> actual = new ArrayList<>();
    private final List<FloatTensor> expected = new ArrayList<>();

    private ScheduleReference(SafetensorsFile content) {
        this.content = content;
    }

    /**
     * Compares all schedules of a file.
     *
     * @param config of every schedule its first rate and its numbers
     * @throws IOException when the file lacks one
     */
    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        ScheduleReference reference = new ScheduleReference(content);
        JsonNode cosine = config.path("cosine_annealing");
        reference.add(
                "cosine_annealing",
                new Term("cosine", Map.of(FLOOR, floor(cosine))),
                rate(cosine),
                cosine.path("T_max").asInt());
        JsonNode restarts = config.path("cosine_warm_restarts");
        reference.add(
                "cosine_warm_restarts",
                new Term(
                        "restarts",
                        Map.of(
                                FLOOR,
                                floor(restarts),
                                "period",
                                restarts.path("T_0").asText(),
                                "factor",
                                restarts.path("T_mult").asText())),
                rate(restarts),
                1);
        JsonNode poly = config.path("poly");
        reference.add(
                "poly_0.9",
                new Term("poly", Map.of("power", poly.path("power").asText())),
                rate(poly),
                poly.path("max").asInt());
        JsonNode step = config.path("step");
        reference.add(
                "step_0.1_30",
                new Term(
                        "step",
                        Map.of(
                                "every", step.path("every").asText(),
                                "gamma", step.path("gamma").asText())),
                rate(step),
                1);
        return Comparison.of(
                reference.expected.size() + " schedules", RelativeError.largest(reference.actual, reference.expected));
    }

    private static double rate(JsonNode schedule) {
        return schedule.path(RATE).asDouble();
    }

    private static String floor(JsonNode schedule) {
        return Term.text(schedule.path(LEAST).asDouble() / rate(schedule));
    }

    /**
     * One more schedule.
     *
     * @param length of the run in epochs; without meaning for a schedule that does not look at it
     */
    private void add(String name, Term term, double first, int length) throws IOException {
        FloatTensor rates = content.tensor(name);
        LearningRateSchedule schedule = LearningRateSchedule.parse(term.toString());
        float[] ours = new float[rates.values().length];
        for (int epoch = 0; epoch < ours.length; epoch++) {
            ours[epoch] = (float) schedule.rate(first, (double) epoch / length, epoch);
        }
        actual.add(new FloatTensor(rates.shape(), ours));
        expected.add(rates);
    }
}
