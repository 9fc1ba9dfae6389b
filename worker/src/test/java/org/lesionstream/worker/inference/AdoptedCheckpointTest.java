package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.testing.SettingsOf;

/**
 * A version as {@code trainer adopt} published it, from a module that PyTorch 1.13 saved: fp32 alone and no weights beside it. The expected bytes, labels and
 * then confidences, are PyTorch's.
 */
class AdoptedCheckpointTest {

    private static final InferenceSettings SETTINGS = SettingsOf.inference(PrecisionChoice.AUTO, List.of(1, 2, 4));

    @Test
    void isServedLikeAnyOther() throws IOException, URISyntaxException {
        Path store = Path.of(getClass().getResource("/adopted").toURI());
        assertThat(Files.exists(store.resolve("lesion/1/weights.safetensors"))).isFalse();
        byte[] tile = tile();

        try (CheckpointCatalog catalog = CheckpointCatalog.open(store, SETTINGS, System::nanoTime)) {
            ServedCheckpoint checkpoint = catalog.preload(CheckpointReference.parse("lesion@1"));
            List<TileInput> tiles = Tiles.inputs(List.of(tile, new byte[tile.length], tile));
            Network network = catalog.loaded(checkpoint.digest()).orElseThrow();
            List<TileOutput> outputs = network.segmenter().segment(tiles, 4);
            network.close();

            assertThat(checkpoint.precision()).isEqualTo(Precision.FP32);
            assertAnswer((TileOutput.Labels) outputs.get(0));
            assertAnswer((TileOutput.Labels) outputs.get(2));
        }
    }

    private void assertAnswer(TileOutput.Labels answer) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/adopted/pytorch.expected")) {
            byte[] expected = in.readAllBytes();
            assertThat(answer.labels()).contains(0, 1).isEqualTo(Arrays.copyOf(expected, 256));
            for (int pixel = 0; pixel < 256; pixel++) {
                int difference = (answer.confidence()[pixel] & 0xff) - (expected[256 + pixel] & 0xff);
                assertThat(difference).as("pixel %d", pixel).isBetween(-1, 1); // builds of the engine round differently
            }
        }
    }

    private static byte[] tile() {
        byte[] tile = new byte[16 * 16 * 3];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (byte) ((31L * i * i + 7L * i) % 251);
        }
        return tile;
    }
}
