package org.lesionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NetworkSpecTest {

    @Test
    void printsSortedWhateverTheOrderItWasWrittenIn() {
        NetworkSpec spec = NetworkSpec.parse("unet-same:up=bilinear,base=16");

        assertThat(spec).hasToString("unet-same:base=16,up=bilinear");
        assertThat(NetworkSpec.parse(spec.toString())).isEqualTo(spec);
        assertThat(spec.with("classes", 3)).hasToString("unet-same:base=16,classes=3,up=bilinear");
        assertThat(NetworkSpec.parse("unet-same")).hasToString("unet-same");
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThatThrownBy(() -> NetworkSpec.parse("unet same")).hasMessageContaining("\"unet same\"");
        assertThatThrownBy(() -> NetworkSpec.parse("unet-same:base")).hasMessageContaining("\"base\"");
        assertThatThrownBy(() -> NetworkSpec.parse("unet-same:base=1,base=2")).hasMessageContaining("twice");
        assertThatThrownBy(() -> NetworkSpec.parse("unet-same:")).hasMessageContaining("key=value");
    }

    @Test
    void refusesNetworksAndOptionsThatDoNotExist() {
        assertThatThrownBy(() -> build("vnet")).hasMessageContaining("\"vnet\"").hasMessageContaining("unet-same");
        assertThatThrownBy(() -> build("unet-same:bass=16")).hasMessageContaining("[bass]");
        assertThatThrownBy(() -> build("unet-same:base=0")).hasMessageContaining("base must be a positive number");
        assertThatThrownBy(() -> build("unet-same:up=cubic"))
                .hasMessageContaining("[bilinear, bilinear-unaligned, conv, nearest]");
        assertThatThrownBy(() -> build("unetpp-vgg:widths=1/2/3")).hasMessageContaining("5 positive numbers");
        assertThatThrownBy(() -> build("unet-same:widths=4/8/16,base=2")).hasMessageContaining("widths and base");
        assertThatThrownBy(() -> build("unet-same:skips=1/5")).hasMessageContaining("levels from 1 to 4");
        assertThatThrownBy(() -> build("unet-same:dropout=1.5")).hasMessageContaining("from 0 to less than 1");
        assertThatThrownBy(() -> build("unet-valid:skip=sdi")).hasMessageContaining("padding=valid");
        assertThatThrownBy(() -> build("unet-pvt:skip=ctrans")).hasMessageContaining("skip=ctrans");
        assertThatThrownBy(() -> build("uctransnet:size=100")).hasMessageContaining("multiple of 16");
        assertThatThrownBy(() -> build("unetv2:dims=30/61/90/120")).hasMessageContaining("share the channels evenly");
    }

    private static SegmentationNetwork build(String spec) {
        return NetworkCatalog.build(NetworkSpec.parse(spec));
    }
}
