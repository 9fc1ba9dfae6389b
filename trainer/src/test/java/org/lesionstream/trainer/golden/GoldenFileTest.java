package org.lesionstream.trainer.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.testing.SharedFolder;

class GoldenFileTest {
    /** What a correct implementation reaches in 32-bit floats; five times stricter than the command. */
    private static final double FLOAT_NOISE = 2e-5;

    @ParameterizedTest
    @ValueSource(strings = {"unet_same_deconv_a", "unet_same_bilinear_a", "unetpp_vgg_a", "unetpp_vgg_ds_a"})
    void blockAndExportEqualTheReference(String name) throws IOException {
        GoldenFile.Comparison comparison = GoldenFile.read(SharedFolder.require("golden/" + name + ".safetensors"))
                .compare();

        assertThat(comparison.block()).isLessThan(FLOAT_NOISE);
        assertThat(comparison.export()).isLessThan(FLOAT_NOISE);
        assertThat(comparison.ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uctransnet_a", "loss_bcedice_a"})
    void refusesByNameWhatItCannotBuild(String name) {
        Path file = SharedFolder.require("golden/" + name + ".safetensors");

        assertThatThrownBy(() -> GoldenFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.startsWith("loss") ? "loss-bcedice" : "uctransnet");
    }
}
