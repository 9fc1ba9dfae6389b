package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.term.Term;

/**
 * An exponential moving average of all weights and statistics of a network, which is often calmer than the weights themselves (Polyak and Juditsky 1992; Tarvainen and Valpola
 * 2017):
 *
 * <pre>
 *   a = d a + (1 - d) w,   d = min(decay, (1 + t) / (10 + t)) after step t
 * </pre>
 *
 * <p>Confined to the training thread.
 */
public final class WeightAverage {

    private static final String STEPS = "steps";

    private final Rule rule;
    private final Map<String, NDArray> weights;
    private final Map<String, NDArray> average = new LinkedHashMap<>();
    private float steps;

    /**
     * How fast it follows.
     *
     * @param decay share that is kept, at least 0 and below 1
     */
    public record Rule(double decay) {

        public Rule {
            OptimizerRule.requireShare("decay", decay);
        }

        /** Reads the text form, {@code ema:decay=0.999}. */
        public static Rule parse(String text) {
            Term term = Term.parse(text).allowOnly("decay");
            if (!term.name().equals("ema")) {
                throw new IllegalArgumentException("average must be none or ema, was \"%s\"".formatted(term.name()));
            }
            return new Rule(term.number("decay", 0.999));
        }

        /** The text form. */
        @Override
        public String toString() {
            return new Term("ema", Map.of("decay", Term.text(decay))).toString();
        }
    }

    /**
     * @param weights what is averaged, by name
     * @param manager owner of the averages
     */
    public WeightAverage(Rule rule, Map<String, NDArray> weights, NDManager manager) {
        this.rule = rule;
        this.weights = new LinkedHashMap<>(weights);
        weights.forEach((name, array) -> average.put(name, manager.create(array.toFloatArray(), array.getShape())));
    }

    /** Everything that {@link #follow} works on beside the weights; it must hang on the manager of the step while that runs. */
    public List<NDArray> arrays() {
        return List.copyOf(average.values());
    }

    /** Takes the weights after a step in. */
    public void follow() {
        steps++;
        float decay = (float) Math.min(rule.decay(), (1 + steps) / (10 + steps));
        average.forEach(
                (name, array) -> array.muli(decay).addi(weights.get(name).mul(1 - decay)));
    }

    /** Puts the averages where the weights are, and the weights where the averages were; doing it twice changes nothing. */
    public void swap() {
        average.forEach((name, array) -> {
            NDArray weight = weights.get(name);
            try (NDManager scope = array.getManager().newSubManager()) {
                NDArray kept = scope.create(weight.toFloatArray(), weight.getShape());
                weight.set(new NDIndex("..."), scope.create(array.toFloatArray(), array.getShape()));
                array.set(new NDIndex("..."), kept);
            }
        });
    }

    /** The state as plain values. */
    public Map<String, FloatTensor> state() {
        Map<String, FloatTensor> state = new LinkedHashMap<>(ArrayCopies.read(average));
        state.put(STEPS, new FloatTensor(new long[0], new float[] {steps}));
        return state;
    }

    /** Puts a {@link #state} back. */
    public void restore(Map<String, FloatTensor> state) {
        ArrayCopies.write(average, state);
        steps = state.get(STEPS).values()[0];
    }
}
