package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.graph.Weight;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

class PrunedExportTest {

    private static final int SIDE = 48;
    private static final int BATCH = 2;

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    private Path folder;

    @AfterEach
    void release() {
        manager.close();
    }

    @Test
    void aPrunedFileGivesTheVeryBitsOfThatHeadOfTheWholeFile() throws IOException {
        SegmentationNetwork network =
                RandomNetworks.build("unetpp-vgg:base=8,deep-supervision=true,classes=2", manager, SIDE, SIDE, 5);
        Graph traced = Tracer.trace(network, SIDE, SIDE);
        List<float[]> whole = run(traced, "whole.pt");
        Set<Integer> sizes = new HashSet<>();

        for (int level = 1; level <= 4; level++) {
            int[] head = InferenceMode.pruned(level).heads(network);
            Graph pruned = traced.withOutputs(head);
            assertThat(run(pruned, "pruned.pt")).hasSize(1).allSatisfy(bits -> assertThat(bits)
                    .isEqualTo(whole.get(head[0])));
            sizes.add(weights(pruned).size());
        }

        assertThat(whole).hasSize(4).doesNotHaveDuplicates();
        assertThat(sizes).as("each level leaves something out").hasSize(4);
    }

    private static Set<String> weights(Graph graph) {
        return ExportPasses.of(Precision.FP32).apply(graph).weights().stream()
                .map(Weight::name)
                .collect(Collectors.toSet());
    }

    private List<float[]> run(Graph network, String name) throws IOException {
        Path file = folder.resolve(name);
        TorchScriptWriter.write(ExportPasses.of(Precision.FP32).apply(network), file);
        Random random = new Random(6);
        float[] pixels = new float[BATCH * 3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        try (TorchScriptModule module = TorchScriptModule.load(file)) {
            NDArray images = manager.create(pixels, new Shape(BATCH, 3, SIDE, SIDE));
            return module.run(manager, new NDList(images)).stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }
}
