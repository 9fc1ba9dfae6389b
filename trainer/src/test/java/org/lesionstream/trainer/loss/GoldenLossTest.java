package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.loss.SoftDiceLoss.Sums;
import org.lesionstream.trainer.testing.GoldenFile;

/** Losses and their gradients against those of the published implementations. */
class GoldenLossTest {

    private static final double FINE = 1e-5;
    private static final double FINER = 1e-6;

    private final NDManager manager = NDManager.newBaseManager();
    private final SegmentationLoss crossEntropy = new CrossEntropyLoss();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void binaryLossesEqualTheReference() {
        GoldenFile golden = GoldenFile.require("loss_bcedice_a");
        NDArray target = golden.array(manager, "target");
        SegmentationLoss perImage = new SoftDiceLoss(Sums.PER_IMAGE, true, FINE);
        SegmentationLoss perBatch = new SoftDiceLoss(Sums.PER_BATCH, true, FINER);
        assertEqual(golden, "bce", crossEntropy, target);
        assertEqual(golden, "dice_sigmoid_perimage", perImage, target);
        assertEqual(golden, "bcedice_nested", new CombinedLoss(crossEntropy, 0.5, perImage, 1), target);
        assertEqual(golden, "milesial_bce_plus_dice", new CombinedLoss(crossEntropy, 1, perBatch, 1), target);
    }

    @Test
    void multiClassDiceEqualsTheReference() {
        GoldenFile golden = GoldenFile.require("loss_softdice_a");
        NDArray target = oneHot(golden, "label", 4);
        assertEqual(golden, "softmax_perimage", new SoftDiceLoss(Sums.PER_IMAGE, true, FINE), target);
        assertEqual(golden, "softmax_batch", new SoftDiceLoss(Sums.PER_BATCH, true, FINE), target);
        assertEqual(golden, "softmax_batch_nobg", new SoftDiceLoss(Sums.PER_BATCH, false, FINE), target);
    }

    @Test
    void multiClassCrossEntropyEqualsTheReference() {
        GoldenFile golden = GoldenFile.require("loss_ce_weightmap_a");
        assertEqual(golden, "ce_mean", crossEntropy, oneHot(golden, "label", 3));
    }

    @Test
    void deepSupervisionEqualsTheReference() {
        GoldenFile golden = GoldenFile.require("loss_deepsup_a");
        NDList heads = new NDList();
        for (int head = 0; head < 4; head++) {
            NDArray logits = golden.array(manager, "logits." + head);
            logits.setRequiresGradient(true);
            heads.add(logits);
        }
        SegmentationLoss loss = new CombinedLoss(crossEntropy, 0.5, new SoftDiceLoss(Sums.PER_IMAGE, true, FINE), 1);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.meanOverHeads(heads, golden.array(manager, "target"));
            gradients.backward(value);
            assertThat(value.getFloat()).isCloseTo(golden.floats("loss.mean_bcedice")[0], within(1e-5f));
        }
        for (int head = 0; head < 4; head++) {
            assertClose(heads.get(head).getGradient().toFloatArray(), golden.floats("grad.mean_bcedice." + head));
        }
    }

    private void assertEqual(GoldenFile golden, String name, SegmentationLoss loss, NDArray target) {
        NDArray logits = golden.array(manager, "logits");
        logits.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.of(logits, target);
            gradients.backward(value);
            assertThat(value.getFloat()).as(name).isCloseTo(golden.floats("loss." + name)[0], within(1e-5f));
        }
        assertClose(logits.getGradient().toFloatArray(), golden.floats("grad." + name));
    }

    /** Largest difference relative to the largest number, as the reference asks. */
    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int index = 0; index < actual.length; index++) {
            largest = Math.max(largest, Math.abs(expected[index]));
            difference = Math.max(difference, Math.abs(actual[index] - expected[index]));
        }
        assertThat(difference / largest).isLessThan(2e-5);
    }

    private NDArray oneHot(GoldenFile golden, String key, int classes) {
        NDArray labels = golden.array(manager, key); // [N, H, W]
        List<NDArray> planes = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            planes.add(labels.eq(label).toType(DataType.FLOAT32, false));
        }
        return planes.get(0).getNDArrayInternal().stack(new NDList(planes.subList(1, classes)), 1);
    }
}
