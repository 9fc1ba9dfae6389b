package org.lesionstream.trainer.golden;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.loss.Target;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.optimizer.ArrayCopies;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.Optimizer;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.term.Term;
import org.lesionstream.trainer.weights.SafetensorsFile;
import org.lesionstream.trainer.weights.StateDict;

/**
 * A few steps of training against a reference file: the first outputs with batch statistics, the loss before every step, the first gradients, and all parameters
 * and running statistics after the last step.
 *
 * <ul>
 *   <li>Outputs and losses: {@code max|a - b| / max|b|} of each.
 *   <li>Gradients: the same, but of one that is much smaller than the largest of the network, as of a bias in front of a normalisation, the difference counts as a
 *       share of {@value #SMALL_GRADIENT} of the largest, since it is rounding noise.
 *   <li>What comes after the last step: {@code max|a - b|}.
 * </ul>
 */
final class TrainStepReference {
    private static final double SMALL_GRADIENT = 0.05;

    private final JsonNode config;
    private final SafetensorsFile content;

    private TrainStepReference(JsonNode config, SafetensorsFile content) {
        this.config = config;
        this.content = content;
    }

    /**
     * Trains the network of a file as it says.
     *
     * @throws IOException when the file lacks something
     */
    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            return new TrainStepReference(config, content).compare(manager);
        }
    }

    private Comparison compare(NDManager manager) throws IOException {
        FloatTensor input = content.tensor("input");
        SegmentationNetwork network = network(input);
        StateDict.load(network, under("param."), manager, new Shape(input.shape()));
        Map<String, NDArray> learning = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> {
            if (parameter.requiresGradient()) {
                parameter.getArray().setRequiresGradient(true);
                learning.put(name, parameter.getArray());
            }
        });
        OptimizerRule rule = rule();
        Optimizer optimizer = new Optimizer(rule, GradientClip.NONE, learning, manager);
        DeepSupervision loss = new DeepSupervision(LossCatalog.parse(lossText()), HeadWeights.MEAN);
        NDList images = new NDList(manager.create(input.values(), new Shape(input.shape())));
        Target target = new Target(classes(manager, network.classes()), Optional.empty());
        float[] losses = new float[config.path("steps").asInt()];
        double worst = 0;
        for (int step = 0; step < losses.length; step++) {
            NDList heads;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                heads = network.forward(new ParameterStore(manager, false), images, true);
                NDArray value = loss.of(heads, target);
                collector.backward(value);
                losses[step] = value.getFloat();
            }
            if (step == 0) {
                worst = Math.max(ofOutputs(heads), ofGradients(learning));
            }
            optimizer.step(config.path("optimizer").path("lr").asDouble());
        }
        FloatTensor lossBeforeStep = new FloatTensor(new long[] {losses.length}, losses);
        worst = Math.max(worst, RelativeError.largest(List.of(lossBeforeStep), List.of(content.tensor("loss"))));
        return Comparison.of(
                "%d steps of %s, %s".formatted(losses.length, network.spec(), rule),
                Math.max(worst, ofWeights(StateDict.of(network))));
    }

    private SegmentationNetwork network(FloatTensor input) {
        NetworkSpec spec = GoldenSpec.of(config.path("network").asText(), config)
                .with("channels", (int) input.shape()[1])
                .with("classes", config.path("num_classes").asInt(1));
        return NetworkCatalog.build(spec);
    }

    private OptimizerRule rule() {
        JsonNode optimizer = config.path("optimizer");
        Map<String, String> options = new TreeMap<>();
        options.put("weight-decay", optimizer.path("weight_decay").asText());
        return switch (optimizer.path("name").asText()) {
            case "SGD" -> {
                for (String name : List.of("momentum", "dampening", "nesterov")) {
                    options.put(name, optimizer.path(name).asText());
                }
                yield OptimizerRule.parse(new Term("sgd", options).toString());
            }
            case "Adam" -> {
                options.put("beta1", optimizer.path("betas").path(0).asText());
                options.put("beta2", optimizer.path("betas").path(1).asText());
                options.put("epsilon", optimizer.path("eps").asText());
                yield OptimizerRule.parse(new Term("adam", options).toString());
            }
            default -> throw new IllegalArgumentException("optimizer is not known here: " + optimizer);
        };
    }

    private String lossText() {
        String words = config.path("loss").asText();
        if (words.contains("0.5*BCE + Dice")) {
            return "bce-dice";
        }
        if (words.equals("mean softmax cross entropy")) {
            return "cross-entropy";
        }
        throw new IllegalArgumentException("loss is not known here: " + words);
    }

    /** {@code [N, K, H, W]}, one-hot where the file has the number of each pixel's class. */
    private NDArray classes(NDManager manager, int classes) throws IOException {
        if (content.tensors().containsKey("target")) {
            FloatTensor target = content.tensor("target");
            return manager.create(target.values(), new Shape(target.shape()));
        }
        FloatTensor label = content.tensor("label"); // [N, H, W]
        return manager.create(label.values(), new Shape(label.shape()))
                .toType(DataType.INT64, false)
                .oneHot(classes)
                .toType(DataType.FLOAT32, false)
                .transpose(0, 3, 1, 2);
    }

    private double ofOutputs(NDList heads) throws IOException {
        Map<String, NDArray> outputs = new LinkedHashMap<>();
        List<FloatTensor> expected = new ArrayList<>();
        for (int head = 0; head < heads.size(); head++) {
            outputs.put("output_train." + head, heads.get(head));
            expected.add(content.tensor("output_train." + head));
        }
        return RelativeError.largest(List.copyOf(ArrayCopies.read(outputs).values()), expected);
    }

    private double ofGradients(Map<String, NDArray> learning) throws IOException {
        double largest = 0;
        for (FloatTensor gradient : under("grad.").values()) {
            largest = Math.max(largest, largest(gradient));
        }
        double worst = 0;
        for (Map.Entry<String, NDArray> parameter : learning.entrySet()) {
            FloatTensor expected = content.tensor("grad." + parameter.getKey());
            FloatTensor actual = new FloatTensor(
                    expected.shape(), parameter.getValue().getGradient().toFloatArray());
            worst = Math.max(
                    worst, difference(actual, expected) / Math.max(largest(expected), SMALL_GRADIENT * largest));
        }
        return worst;
    }

    private double ofWeights(Map<String, FloatTensor> weights) throws IOException {
        double worst = 0;
        for (Map.Entry<String, FloatTensor> weight : weights.entrySet()) {
            worst = Math.max(worst, difference(weight.getValue(), content.tensor("after." + weight.getKey())));
        }
        return worst;
    }

    private static double largest(FloatTensor tensor) {
        double largest = 0;
        for (float value : tensor.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The largest; not a number if any is not. */
    private static double difference(FloatTensor actual, FloatTensor expected) {
        double difference = 0;
        for (int i = 0; i < expected.values().length; i++) {
            difference = Math.max(difference, Math.abs((double) actual.values()[i] - expected.values()[i]));
        }
        return difference;
    }

    private Map<String, FloatTensor> under(String prefix) {
        Map<String, FloatTensor> part = new LinkedHashMap<>();
        content.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }
}
