package org.lesionstream.trainer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.testing.SharedFolder;

class GoldenFileTest {
    /** What a correct implementation reaches in 32-bit floats; five times stricter than the command. */
    private static final double FLOAT_NOISE = 2e-5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops_a",
                "overlap_tile_a",
                "u2_blocks_down_a",
                "u2_blocks_up_a",
                "u2net_full_a",
                "u2net_rsu4_a",
                "u2net_rsu4f_a",
                "u2net_rsu7_a",
                "uctransnet_a",
                "uctransnet_b",
                "uctransnet_u2_a",
                "unet_same_bilinear_a",
                "unet_same_deconv_a",
                "unet_uctrans_a",
                "unet_valid_a",
                "unet_valid_b",
                "unet_vgg_a",
                "unetpp_nnunet_a",
                "unetpp_plain_ds_a",
                "unetpp_preact_a",
                "unetpp_preact_ds_a",
                "unetpp_vgg_a",
                "unetpp_vgg_ds_a",
                "unetv2_a",
                "unetv2_b"
            })
    void blockAndExportEqualTheReference(String name) throws IOException {
        Comparison comparison = GoldenFile.read(SharedFolder.require("golden/" + name + ".safetensors"))
                .compare();

        assertThat(comparison.ours()).isLessThan(FLOAT_NOISE);
        assertThat(comparison.export().orElseThrow()).isLessThan(FLOAT_NOISE);
        assertThat(comparison.ok()).isTrue();
        assertThat(comparison.close()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elastic_a",
                "elastic_b",
                "loss_bcedice_a",
                "loss_ce_weightmap_a",
                "loss_deepsup_a",
                "loss_softdice_a",
                "lr_schedules",
                "metrics_a",
                "train_adam_unet_a",
                "train_sgd_unetpp_a",
                "weightmap_a",
                "weightmap_single"
            })
    void numbersEqualTheReference(String name) throws IOException {
        Comparison comparison = GoldenFile.read(SharedFolder.require("golden/" + name + ".safetensors"))
                .compare();

        assertThat(comparison.ours()).isLessThan(FLOAT_NOISE);
        assertThat(comparison.export()).isEmpty();
        assertThat(comparison.close()).isTrue();
    }
}
