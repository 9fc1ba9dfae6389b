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
                "unet-valid:channels=1,classes=2 31030658",
                "unet-same:classes=2 31037698",
                "unet-same:classes=1 31037633",
                "unet-same:classes=2,up=bilinear 17263042",
                "unet-vgg 7852545",
                "unet-uctrans 14751873",
                "unetpp-vgg 9163329",
                "unetpp-vgg:deep-supervision=true 9163428",
                "unetpp-preact:classes=3 47195340",
                "unetpp-preact 47190724",
                "unet-valid:padding=same,base=32,channels=1 7759521",
                "unet-valid:padding=same,widths=35/70/140/280/560,channels=1 9282246",
                "unetpp-plain:channels=1 9041601",
                "unetpp-plain:channels=1,deep-supervision=true 9041700",
                "unetpp-plain 9042177",
                "unetpp-nnunet:channels=1,classes=2 22836090",
                "unetv2 25145036",
                "unetv2:classes=2 25145168",
                "uctransnet 66430657",
                "uctransnet:classes=9 66431177",
                "uctransnet-u2 69196625",
                "u2net 44009869",
                "u2netp 1131181"
            })
    void hasAsManyTrainableParametersAsPublished(String spec, long count) {
        assertThat(build(spec).stateDict().values().stream()
                        .filter(Parameter::requiresGradient)
                        .mapToLong(parameter -> parameter.getShape().size())
                        .sum())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unet-valid:channels=1,classes=2 unet_valid_c1_k2",
                "unet-same:classes=2 unet_same_deconv_c3_k2",
                "unet-same:classes=2,up=bilinear unet_same_bilinear_c3_k2",
                "unet-vgg unet_vgg_c3_k1",
                "unet-uctrans unet_uctrans_c3_k1",
                "unetpp-vgg unetpp_vgg_c3_k1",
                "unetpp-vgg:deep-supervision=true unetpp_vgg_ds_c3_k1",
                "unetpp-preact:classes=3 unetpp_preact_c3_k3",
                "unetpp-plain:deep-supervision=true unetpp_plain_ds_c3_k1",
                "unetpp-nnunet:channels=1,classes=2 unetpp_nnunet_base30_c1_k2",
                "unetv2 unetv2_b2_c3_k1",
                "uctransnet uctransnet_b64_img224_k1",
                "uctransnet-u2 uctransnet_u2_b64_img224_k1",
                "u2net u2net_c3_k1",
                "u2netp u2netp_c3_k1"
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
        build(spec).stateDict().forEach((name, parameter) -> {
            String shape = parameter.getShape().toString();
            actual.add(name + " " + shape.replaceAll("[() ]", "").replace(',', 'x'));
        });

        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unetv2:skip=sum 64 96",
                "unetv2:skip=none 64 96",
                "unetv2:attention=false 64 96",
                "unetv2:encoder=b0 64 96",
                "unet-pvt:encoder=b0 64 96",
                "unet-pvt:encoder=b0,skip=sdi 64 96",
                "unetpp-pvt:encoder=b0 64 96",
                "unet-same:base=2,skip=sum 32 48",
                "unet-same:base=2,skip=none 33 50",
                "unet-same:base=2,skip=sdi,sdi-width=4,up=bilinear 32 48",
                "unet-same:base=2,skip=ctrans,size=32 32 48",
                "unet-same:base=2,skips=1/3 32 48",
                "unet-same:base=2,skip=sdi,skips=2/4 32 48",
                "unet-vgg:base=2,skip=sum 32 48",
                "unet-uctrans:base=4,skip=ctrans,skips=1/3,size=32 32 48",
                "uctransnet:base=4,skip=concat 32 48",
                "uctransnet-u2:base=8,skip=sdi 32 48",
                "unet-same:base=2,norm=instance,up=nearest,order=up-first,depth=2 32 48",
                "unet-same:norm=none,up=bilinear-unaligned,widths=3/5/7 32 48",
                "u2netp:scale=8 33 70"
            })
    void everyChoiceGivesLogitsOfTheSizeOfTheImage(String spec, long height, long width) {
        SegmentationNetwork network = initialized(spec, height, width);

        assertThat(run(network, height, width).get(network.answeringHead()).getShape())
                .isEqualTo(new Shape(2, 1, height, width));
        assertThat(network.getOutputShapes(new Shape[] {new Shape(2, 3, height, width)})[network.answeringHead()])
                .isEqualTo(new Shape(2, 1, height, width));
    }

    @Test
    void validConvolutionsLoseTheirBorder() {
        SegmentationNetwork network = build("unet-valid:base=2");

        assertThat(network.inputRule()).isEqualTo(new InputRule(188, 16, 16, 184));
        assertThat(network.inputRule().allows(572)).isTrue();
        assertThat(network.inputRule().allows(570)).isFalse();
        assertThat(network.inputRule().atLeast(256)).isEqualTo(268);
        assertThat(network.margin()).isEqualTo(92);
        SegmentationNetwork shallow = initialized("unet-valid:base=2,depth=2,norm=batch", 44, 48);
        assertThat(run(shallow, 44, 48).get(0).getShape()).isEqualTo(new Shape(2, 1, 4, 8));
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

    private static SegmentationNetwork build(String spec) {
        return NetworkCatalog.build(NetworkSpec.parse(spec));
    }

    private SegmentationNetwork initialized(String spec, long height, long width) {
        SegmentationNetwork network = build(spec);
        manager.getEngine().setRandomSeed(7);
        network.initialize(manager, DataType.FLOAT32, new Shape(2, network.channels(), height, width));
        return network;
    }

    private NDList run(SegmentationNetwork network, long height, long width) {
        NDList images = new NDList(manager.ones(new Shape(2, network.channels(), height, width)));
        return network.forward(new ParameterStore(manager, false), images, false);
    }
}
