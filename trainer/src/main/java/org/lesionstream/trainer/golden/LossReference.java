package org.lesionstream.trainer.golden;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.trainer.graph.ArrayValues;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.loss.StructureLoss;
import org.lesionstream.trainer.loss.Target;
import org.lesionstream.trainer.weights.SafetensorsFile;

/** Losses and their gradients with respect to the logits, as text names them, against {@code loss.*} and {@code grad.*} of a reference file. */
final class LossReference {
    private static final String LOSS = "loss.";
    private static final String GRADIENT = "grad.";
    private static final String STRUCTURE_WEIGHT = "structure.weight";

    /** By name in the files: our text, and whether the file's weights of pixels go with it. */
    private static final Map<String, Case> CASES = new TreeMap<>();

    static {
        put("ce_mean", "cross-entropy");
        CASES.put("weighted_sum", new Case("cross-entropy:reduction=sum", HeadWeights.MEAN, true));
        CASES.put("weighted_mean_pixels", new Case("cross-entropy:reduction=mean-over-pixels", HeadWeights.MEAN, true));
        CASES.put("weighted_mean_weights", new Case("cross-entropy", HeadWeights.MEAN, true));
        put("ce_classweight", "cross-entropy:class-weights=");
        put("softmax_perimage", "dice:background=true,smoothing=1e-5,sums=image");
        put("softmax_batch", "dice:background=true,smoothing=1e-5");
        put("softmax_batch_nobg", "dice:smoothing=1e-5");
        put("softmax_perimage_squared", "dice:background=true,denominator=squared,smoothing=1e-5,sums=image");
        put("milesial_multiclass", "dice:background=true,classes=together,smoothing=1e-6");
        put("milesial_ce_plus_dice", "milesial");
        put("nnunet_dc_ce", "nnunet");
        put("bce", "cross-entropy");
        put("dice_sigmoid_perimage", "dice:smoothing=1e-5,sums=image");
        put("bcedice_nested", "bce-dice");
        put("bcedice_keras", "unetpp-keras");
        put("uctrans_bce", "balanced-cross-entropy");
        put("uctrans_dice", "dice:denominator=squared,smoothing=4e-5,sums=image");
        put("uctrans_dicebce", "uctransnet");
        put("milesial_bce_plus_dice", "milesial");
        put("structure_intended", "structure");
        put("structure_as_published", "structure:form=as-published");
        put("mean_bcedice", "bce-dice");
        CASES.put("multiscale_nnunet", new Case("nnunet", HeadWeights.parse("8/4/2/1"), false));
    }

    private record Case(String text, HeadWeights heads, boolean weighted) {}

    private final SafetensorsFile content;

    private LossReference(SafetensorsFile content) {
        this.content = content;
    }

    private static void put(String name, String text) {
        CASES.put(name, new Case(text, HeadWeights.MEAN, false));
    }

    /**
     * Compares all losses of a file.
     *
     * @param config not looked at: the losses are named by the keys
     * @throws IOException when the file lacks something or has a loss that is not known here
     */
    static Comparison compare(JsonNode config, SafetensorsFile content) throws IOException {
        return new LossReference(content).compare();
    }

    private Comparison compare() throws IOException {
        double worst = 0;
        int losses = 0;
        for (String key : content.tensors().keySet()) {
            if (key.startsWith(LOSS)) {
                worst = Math.max(worst, error(key.substring(LOSS.length())));
                losses++;
            }
        }
        if (losses == 0) {
            throw new IOException("the file has no loss to compare with");
        }
        return Comparison.of("values and gradients of " + losses + " losses", Math.max(worst, structureWeights()));
    }

    /** The largest error of the value and of the gradient of every head. */
    private double error(String name) throws IOException {
        Case known = CASES.get(name);
        if (known == null) {
            throw new IOException("there is no loss for \"" + name + "\"");
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            String prefix = name.startsWith("multiscale") ? "ms_" : "";
            NDList heads = heads(manager, prefix);
            Target target = target(manager, prefix, heads.get(0).getShape(), known.weighted());
            List<FloatTensor> ours = new ArrayList<>();
            List<FloatTensor> expected = new ArrayList<>(List.of(content.tensor(LOSS + name)));
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                heads.forEach(head -> head.setRequiresGradient(true));
                NDArray loss = new DeepSupervision(LossCatalog.parse(text(known)), known.heads()).of(heads, target);
                gradients.backward(loss);
                ours.add(new FloatTensor(new long[] {1}, new float[] {loss.getFloat()}));
            }
            boolean alone = content.tensors().containsKey(GRADIENT + name);
            for (int head = 0; head < heads.size(); head++) {
                ours.add(ArrayValues.of(heads.get(head).getGradient()));
                expected.add(content.tensor(GRADIENT + name + (alone ? "" : "." + head)));
            }
            return RelativeError.largest(ours, expected);
        }
    }

    private String text(Case known) throws IOException {
        if (!known.text().endsWith("=")) {
            return known.text();
        }
        List<String> weights = new ArrayList<>();
        for (float weight : content.tensor("class_weight").values()) {
            weights.add(Float.toString(weight));
        }
        return known.text() + String.join("/", weights);
    }

    private NDList heads(NDManager manager, String prefix) throws IOException {
        NDList heads = new NDList();
        for (int head = 0; content.tensors().containsKey(prefix + "logits." + head); head++) {
            heads.add(array(manager, prefix + "logits." + head));
        }
        return heads.isEmpty() ? new NDList(array(manager, prefix + "logits")) : heads;
    }

    private Target target(NDManager manager, String prefix, Shape logits, boolean weighted) throws IOException {
        Shape plane = new Shape(logits.get(0), 1, logits.get(2), logits.get(3));
        Optional<NDArray> weights =
                weighted ? Optional.of(array(manager, "weight").reshape(plane)) : Optional.empty();
        if (content.tensors().containsKey(prefix + "target")) {
            return new Target(array(manager, prefix + "target"), weights);
        }
        String label = prefix + "label" + (prefix.isEmpty() ? "" : ".0");
        return new Target(manager.create(oneHot(content.tensor(label).values(), logits), logits), weights);
    }

    /** From {@code [N, H, W]} classes to {@code [N, K, H, W]}. */
    private static float[] oneHot(float[] labels, Shape shape) {
        int pixels = Math.toIntExact(shape.get(2) * shape.get(3));
        int maps = Math.toIntExact(shape.get(1));
        float[] hot = new float[labels.length * maps];
        for (int index = 0; index < labels.length; index++) {
            hot[(index / pixels * maps + (int) labels[index]) * pixels + index % pixels] = 1;
        }
        return hot;
    }

    private double structureWeights() throws IOException {
        if (!content.tensors().containsKey(STRUCTURE_WEIGHT)) {
            return 0;
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            FloatTensor ours = ArrayValues.of(StructureLoss.weights(array(manager, "target")));
            return RelativeError.largest(List.of(ours), List.of(content.tensor(STRUCTURE_WEIGHT)));
        }
    }

    private NDArray array(NDManager manager, String name) throws IOException {
        FloatTensor tensor = content.tensor(name);
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }
}
