package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.GraphPass;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

class TorchScriptWriterTest {
    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    private Path folder;

    @AfterEach
    void release() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unet-same:base=4,classes=2 32 48",
                "unet-same:base=4,classes=1 33 50",
                "unet-same:base=3,classes=3,up=bilinear,channels=1 50 70",
                "unetpp-vgg:base=3,classes=2,deep-supervision=true 48 32",
                "unetpp-vgg:widths=3/5/8/13/21 32 32"
            })
    void theFileComputesWhatTheBlockComputes(String spec, long height, long width) throws IOException {
        SegmentationNetwork network = RandomNetworks.build(spec, manager, height, width, 5);
        NDList images = images(2, network.channels(), height, width); // traced with one image, run with two
        NDList expected = network.forward(new ParameterStore(manager, false), images, false);
        Graph traced = Tracer.trace(network, height, width);

        assertSame(run(traced, images), expected);
        assertSame(run(ExportPasses.of(Precision.FP32).apply(traced), images), expected);
    }

    private static void assertSame(NDList actual, NDList expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int head = 0; head < expected.size(); head++) {
            assertThat(actual.get(head).getShape()).isEqualTo(expected.get(head).getShape());
            assertThat(relativeError(actual.get(head), expected.get(head))).isLessThan(2e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = "FP32", mode = EnumSource.Mode.EXCLUDE)
    void reducedPrecisionStaysNear(Precision precision) throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=8", manager, 32, 32, 6);
        NDList images = images(1, 3, 32, 32);
        NDList expected = network.forward(new ParameterStore(manager, false), images, false);
        GraphPass passes = precision == Precision.BF16
                ? ExportPasses.of(precision)
                : ExportPasses.roundingWeightsTo(precision); // this engine has no convolution in binary16 on CPUs

        double error = relativeError(
                run(passes.apply(Tracer.trace(network, 32, 32)), images).get(0), expected.get(0));

        double unit = precision == Precision.BF16 ? 0x1p-8 : 0x1p-11;
        assertThat(error).isBetween(unit / 100, 20 * unit); // rounded indeed, and not more than layers add up to
    }

    @Test
    void equalGraphsGiveEqualBytes() throws IOException {
        Graph graph = Tracer.trace(RandomNetworks.build("unet-same:base=2", manager, 16, 16, 7), 16, 16);
        Path first = folder.resolve("first.pt");
        Path second = folder.resolve("second.pt");

        TorchScriptWriter.write(graph, first);
        TorchScriptWriter.write(graph, second);

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    private NDList run(Graph graph, NDList images) throws IOException {
        Path file = Files.createTempFile(folder, "network", ".pt");
        TorchScriptWriter.write(graph, file);
        try (TorchScriptModule module = TorchScriptModule.load(file)) {
            return module.run(manager, images);
        }
    }

    private NDList images(long count, long channels, long height, long width) {
        Random random = new Random(8);
        float[] pixels = new float[(int) (count * channels * height * width)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return new NDList(manager.create(pixels, new Shape(count, channels, height, width)));
    }

    private static double relativeError(NDArray actual, NDArray expected) {
        double largest = expected.abs().max().getFloat();
        assertThat(largest).isNotCloseTo(0, within(1e-3));
        return actual.sub(expected).abs().max().getFloat() / largest;
    }
}
