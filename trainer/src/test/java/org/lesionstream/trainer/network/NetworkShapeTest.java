package org.lesionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.trainer.testing.SharedFolder;

class NetworkShapeTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void release() {
        manager.close();
    }

    // counts of trainable parameters as published
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unet-same:classes=2 31037698",
                "unet-same:classes=2,up=bilinear 17263042",
                "unetpp-vgg 9163329",
                "unetpp-vgg:deep-supervision=true 9163428"
            })
    void hasAsManyTrainableParametersAsPublished(String spec, long count) {
        SegmentationNetwork network = initialized(spec, 16, 16);

        assertThat(network.stateDict().values().stream()
                        .filter(Parameter::requiresGradient)
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unet-same:classes=2 unet_same_deconv_c3_k2",
                "unet-same:classes=2,up=bilinear unet_same_bilinear_c3_k2",
                "unetpp-vgg unetpp_vgg_c3_k1",
                "unetpp-vgg:deep-supervision=true unetpp_vgg_ds_c3_k1"
            })
    void namesAndShapesAreThoseOfThePublishedStateDict(String spec, String listing) throws IOException {
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(SharedFolder.require("golden/manifests/" + listing + ".tsv"))) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#") && !columns[0].endsWith("num_batches_tracked")) {
                expected.add(columns[0] + " " + columns[2]);
            }
        }
        List<String> actual = new ArrayList<>();
        initialized(spec, 16, 16).stateDict().forEach((name, parameter) -> {
            Shape shape = parameter.getArray().getShape();
            actual.add(name + " " + shape.toString().replaceAll("[() ]", "").replace(',', 'x'));
        });

        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({"16,16", "17,31", "50,70", "33,64"})
    void unetKeepsAnySizeFromSixteenOn(long height, long width) {
        for (String up : List.of("conv", "bilinear")) {
            SegmentationNetwork network = initialized("unet-same:base=2,classes=3,up=" + up, height, width);

            assertThat(run(network, height, width).get(0).getShape()).isEqualTo(new Shape(2, 3, height, width));
        }
    }

    @Test
    void headsComeInOrderAtFullSize() {
        SegmentationNetwork network = initialized("unetpp-vgg:base=2,classes=2,deep-supervision=true", 32, 48);

        assertThat(network.heads()).isEqualTo(4);
        assertThat(run(network, 32, 48)).hasSize(4).allSatisfy(head -> assertThat(head.getShape())
                .isEqualTo(new Shape(2, 2, 32, 48)));
    }

    @Test
    void unetPlusPlusRefusesSizesThatDoNotHalveFourTimes() {
        SegmentationNetwork network = initialized("unetpp-vgg:base=2", 32, 32);

        assertThatThrownBy(() -> run(network, 32, 40)).hasMessageContaining("multiples of 16");
    }

    @Test
    void drawsWeightsWithinTheBoundOfTheirFanIn() {
        SegmentationNetwork network = initialized("unet-same:base=8", 16, 16);

        assertWithin(network, "inc.double_conv.0.weight", 1 / Math.sqrt(3 * 9));
        assertWithin(network, "down1.maxpool_conv.1.double_conv.0.weight", 1 / Math.sqrt(8 * 9));
        assertWithin(network, "up1.up.weight", 1 / Math.sqrt(64 * 4)); // PyTorch counts the outputs here
        assertWithin(network, "up4.up.bias", 1 / Math.sqrt(8 * 4));
        assertWithin(network, "outc.conv.weight", 1 / Math.sqrt(8));
    }

    private static void assertWithin(SegmentationNetwork network, String name, double bound) {
        float[] values = network.stateDict().get(name).getArray().toFloatArray();
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        // of n numbers drawn evenly, the largest lies below half the bound with probability 2^-n
        assertThat(largest).as(name).isLessThanOrEqualTo(bound * 1.000001).isGreaterThan(bound / 2);
    }

    private SegmentationNetwork initialized(String spec, long height, long width) {
        SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse(spec));
        manager.getEngine().setRandomSeed(7);
        network.initialize(manager, DataType.FLOAT32, new Shape(2, network.channels(), height, width));
        return network;
    }

    private NDList run(SegmentationNetwork network, long height, long width) {
        NDList images = new NDList(manager.ones(new Shape(2, network.channels(), height, width)));
        return network.forward(new ParameterStore(manager, false), images, false);
    }
}
