package org.lesionstream.trainer.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * Loads exported files as a worker would and compares what they answer with the network they were made from.
 *
 * <ul>
 *   <li>The fp32 file must give the network's probabilities to one step of 1/255, and its labels wherever the network is not undecided.
 *   <li>Files of other precisions are measured against the fp32 file. On tiles that were given they must agree on 95 of 100 pixels, far more than
 *       rounding moves in a trained network; on random ones, which no network was trained for, the figure is only recorded.
 *   <li>What can only run on a GPU is loaded, and judged by its rounded weights in 32-bit floats.
 * </ul>
 */
final class ExportVerifier {
    private static final double LARGEST_DISAGREEMENT = 0.05;

    private final ExportPlan plan;
    private final List<byte[]> tiles;
    private final List<Answers> references = new ArrayList<>();

    ExportVerifier(ExportPlan plan) {
        this.plan = plan;
        this.tiles = plan.tiles().isEmpty() ? VerificationTiles.noise(plan.input()) : plan.tiles();
    }

    /**
     * Compares the fp32 file with its network, and keeps its answers as the reference of later files.
     *
     * @throws ExportException when they differ
     */
    void verifyReference(SegmentationNetwork network, Path file) throws IOException {
        try (TorchScriptModule module = TorchScriptModule.load(file);
                NDManager manager = NDManager.newBaseManager()) {
            for (byte[] tile : tiles) {
                Answers answers = ask(module, tile);
                references.add(answers);
                try (NDManager scope = manager.newSubManager()) {
                    compare(answers, probabilities(network, scope, tile), file);
                }
            }
        }
    }

    /** Measures how far the answers of a file are from the reference's. */
    Drift drift(Path file) throws IOException {
        List<Drift> drifts = new ArrayList<>();
        try (TorchScriptModule module = TorchScriptModule.load(file)) {
            for (int i = 0; i < tiles.size(); i++) {
                drifts.add(ask(module, tiles.get(i)).driftFrom(references.get(i)));
            }
        }
        Drift mean = new Drift(
                drifts.stream().mapToDouble(Drift::labelDisagreement).average().orElseThrow(),
                drifts.stream().mapToDouble(Drift::dice).average().orElseThrow());
        if (!plan.tiles().isEmpty() && mean.labelDisagreement() > LARGEST_DISAGREEMENT) {
            throw new ExportException(file.getFileName() + " gives other labels than fp32 on a share of "
                    + mean.labelDisagreement() + " of the pixels, allowed are " + LARGEST_DISAGREEMENT);
        }
        return mean;
    }

    private Answers ask(TorchScriptModule module, byte[] tile) {
        InputSpec input = plan.input();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bytes = manager.create(
                    ByteBuffer.wrap(tile),
                    new Shape(
                            1,
                            input.height(),
                            input.width(),
                            (long) input.channels() * input.type().bytesPerSample()),
                    DataType.UINT8);
            NDList outputs = module.run(manager, new NDList(bytes));
            return Answers.of(
                    plan.output(), outputs.stream().map(NDArray::toByteArray).toList(), 1);
        }
    }

    /** What the network itself says, {@code [1, K, h, w]}. */
    private NDArray probabilities(SegmentationNetwork network, NDManager manager, byte[] tile) {
        InputSpec input = plan.input();
        NDArray samples = manager.create(samples(tile), new Shape(1, input.height(), input.width(), input.channels()));
        NDArray image = plan.normalisation().apply(samples); // [1, C, H, W]
        NDList heads = network.forward(new ParameterStore(manager, false), new NDList(image), false);
        int[] answering = plan.mode().heads(network);
        NDArray sum = probability(heads.get(answering[0]));
        for (int i = 1; i < answering.length; i++) {
            sum = sum.add(probability(heads.get(answering[i])));
        }
        return sum.div(answering.length);
    }

    private NDArray probability(NDArray logits) {
        return plan.output().maps() == 1 ? Activation.sigmoid(logits) : logits.softmax(1);
    }

    private float[] samples(byte[] tile) {
        SampleType type = plan.input().type();
        float[] samples = new float[tile.length / type.bytesPerSample()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (type) {
                case UINT8 -> tile[i] & 0xff;
                case INT16 -> (tile[2 * i] & 0xff) | (tile[2 * i + 1] << 8);
            };
        }
        return samples;
    }

    private void compare(Answers answers, NDArray probabilities, Path file) {
        Agreement agreement = new Agreement(plan.output());
        int maps = plan.output().maps();
        float[] expected = probabilities.toFloatArray();
        int area = expected.length / maps;
        float[] pixel = new float[maps];
        for (int p = 0; p < area; p++) {
            for (int map = 0; map < maps; map++) {
                pixel[map] = expected[map * area + p];
            }
            if (!agreement.holds(answers, p, pixel)) {
                throw new ExportException(file.getFileName() + " says label " + answers.labels()[p] + " at pixel " + p
                        + ", the network has the probabilities " + java.util.Arrays.toString(pixel));
            }
        }
    }
}
