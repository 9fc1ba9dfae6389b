package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.testing.PackagedTrainer;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.tile.CutImage;
import org.lesionstream.worker.tile.TileCutter;

/**
 * Whatever stands beside a tile in its batch, and wherever it stands, its output is the same to the last byte: with networks
 * of convolutions at every batch size, with attention at the one size that it is given.
 */
class BatchInvarianceIT {
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            convolutions | unet-same:base=8              | true
            attention    | uctransnet:base=4,heads=2,layers=1,size=64 | false
            """)
    void aTileGetsTheSameBytesWhateverItsMates(String name, String network, boolean everySize) throws Exception {
        trainer("phantoms", "--out", at("data"), "--count", "8", "--size", "64", "--channels", "3");
        trainer(
                "train",
                "--images",
                at("data/images"),
                "--masks",
                at("data/masks"),
                "--store",
                at("store"),
                "--name",
                name,
                "--network",
                network,
                "--epochs",
                "1",
                "--size",
                "64");

        InferenceSettings settings = SettingsOf.inference(PrecisionChoice.FP32, List.of(1, 2, 4, 8));
        try (CheckpointCatalog catalog = CheckpointCatalog.open(Path.of(at("store")), settings, () -> 0)) {
            ServedCheckpoint checkpoint = catalog.preload(CheckpointReference.parse(name + "@1"));
            try (Network trained = catalog.loaded(checkpoint.digest()).orElseThrow()) {
                assertThat(trained.batchTimes().keySet()).isEqualTo(everySize ? Set.of(1, 2, 4, 8) : Set.of(8));
                check(trained, tiles(checkpoint.manifest().input()));
            }
        }
    }

    private void check(Network network, List<byte[]> tiles) {
        int largest = network.batchTimes().lastKey();
        List<byte[]> alone = new ArrayList<>();
        for (byte[] tile : tiles) {
            alone.add(bytes(
                    run(network, List.of(tile), network.batchTimes().firstKey()).get(0)));
        }
        assertThat(alone.stream().map(ByteBuffer::wrap).distinct().count())
                .as("different outputs, or a mix-up would not be noticed")
                .isGreaterThan(1);
        for (long seed = 1; seed <= 5; seed++) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < tiles.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(seed));
            int mates = 1 + new Random(seed).nextInt(Math.min(largest, tiles.size()));
            List<Integer> batch = order.subList(0, mates);
            int size = network.batchTimes().tailMap(mates).firstKey();
            List<TileOutput> outputs =
                    run(network, batch.stream().map(tiles::get).toList(), size);
            for (int i = 0; i < mates; i++) {
                assertThat(bytes(outputs.get(i)))
                        .as("tile %d at place %d of %d, padded to %d", batch.get(i), i, mates, size)
                        .isEqualTo(alone.get(batch.get(i)));
            }
        }
    }

    private static List<TileOutput> run(Network network, List<byte[]> tiles, int size) {
        return network.segmenter().segment(Tiles.inputs(tiles), size);
    }

    private static byte[] bytes(TileOutput output) {
        if (output instanceof TileOutput.Labels labels) {
            return ByteBuffer.allocate(2 * labels.labels().length)
                    .put(labels.labels())
                    .put(labels.confidence())
                    .array();
        }
        return ((TileOutput.Probabilities) output).planes();
    }

    /** A tile of each picture, of its middle: corners are black in many. */
    private List<byte[]> tiles(InputSpec input) throws IOException {
        List<byte[]> tiles = new ArrayList<>();
        try (Stream<Path> pictures = Files.walk(pictures())) {
            for (Path picture : pictures.filter(BatchInvarianceIT::isPicture)
                    .sorted()
                    .limit(8)
                    .toList()) {
                PixelGrid source = PlainDecoder.decode(Files.readAllBytes(picture), DecodeLimits.DEFAULT);
                CutImage cut = new TileCutter().cut(source, input);
                byte[] tile = new byte[input.tileBytes()];
                cut.cut(cut.tiles() / 2, ByteBuffer.wrap(tile), 0);
                tiles.add(tile);
            }
        }
        return tiles;
    }

    /** Real pictures where they are at hand, else the phantoms that the network was trained on. */
    private Path pictures() {
        Path real = Path.of("..", "..", "shared", "data", "kvasir_seg", "images");
        return Files.isDirectory(real) ? real : folder.resolve("data/images");
    }

    private static boolean isPicture(Path path) {
        return path.toString().endsWith(".png") || path.toString().endsWith(".jpg");
    }

    private void trainer(String... arguments) {
        PackagedTrainer.run(folder.resolve("trainer.log"), SOON, arguments);
    }

    private String at(String path) {
        return folder.resolve(path).toAbsolutePath().toString();
    }
}
