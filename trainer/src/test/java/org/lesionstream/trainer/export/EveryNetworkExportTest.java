package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

/** Every network of the catalog through the exporter, which compares the file with the block, in the geometry that suits it. */
class EveryNetworkExportTest {
    private static final String TINY =
            "dims=8/8/10/12;attention-heads=1/2/2/2;mlp=2/2/1/1;depths=1/1/1/1;reductions=4/2/1/1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "unet-valid:base=2;depth=2, 44",
        "unet-same:base=2, 32",
        "unet-same:base=2;skip=sdi;sdi-width=3, 32",
        "unet-same:base=2;skip=sum;up=nearest, 32",
        "unet-same:base=2;skip=ctrans;size=16;skips=2/4, 32",
        "unet-vgg:base=2, 32",
        "unet-uctrans:base=2, 32",
        "unet-pvt:" + TINY + ", 32",
        "uctransnet:base=4;heads=2;layers=1;size=16, 32",
        "uctransnet-u2:base=4;heads=1;layers=1;size=32, 32",
        "unetpp-vgg:base=2;deep-supervision=true, 32",
        "unetpp-preact:base=2, 32",
        "unetpp-plain:base=2, 32",
        "unetpp-nnunet:base=2;deep-supervision=true, 64",
        "unetpp-pvt:" + TINY + ", 32",
        "unetv2:width=4;deep-supervision=true;" + TINY + ", 32",
        "unetv2:width=4;skip=sum;" + TINY + ", 32",
        "u2net:scale=16, 40",
        "u2netp:scale=8, 40",
        "ensemble:of=unet-same;members=2;base=2;up=bilinear, 32"
    })
    void passesTheVerifierInEveryPrecision(String text, int size) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(text.replace(';', ','), manager, size, size, 5);
            boolean fit = network.seesWholeImage();
            int lost = network.inputRule().lost();
            InputSpec input = fit
                    ? InputSpec.fit(size, size, 3)
                    : lost > 0
                            ? InputSpec.validTiles(size, size, 3, lost / 2, network.alignment())
                            : InputSpec.tiles(size, size, 3, 0, network.alignment());
            OutputSpec output = new OutputSpec(fit ? OutputKind.PROBABILITIES : OutputKind.LABELS, 1, 0.5);

            List<CheckpointFile> files = CheckpointExporter.export(
                    network, ExportPlan.of(input, Normalisation.unit(3), output, List.of()), folder);

            assertThat(files).extracting(CheckpointFile::precision).containsExactly(Precision.values());
        }
    }

    @Test
    void noNetworkIsForgotten() throws NoSuchMethodException {
        String listed = String.join(
                " ",
                getClass()
                        .getDeclaredMethod("passesTheVerifierInEveryPrecision", String.class, int.class)
                        .getAnnotation(CsvSource.class)
                        .value());

        assertThat(NetworkCatalog.names()).allSatisfy(name -> assertThat(listed).contains(name + ":"));
    }
}
