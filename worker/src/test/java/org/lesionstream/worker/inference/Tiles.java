package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;

/** Tiles of the tests and how their outputs are compared. */
final class Tiles {

    private Tiles() {}

    /** Tiles without the bytes 254 and 255, which are the tests' poison. */
    static List<byte[]> random(InputSpec input, int count, long seed) {
        var random = new Random(seed);
        List<byte[]> tiles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] tile = new byte[input.tileBytes()];
            for (int k = 0; k < tile.length; k++) {
                tile[k] = (byte) random.nextInt(254);
            }
            tiles.add(tile);
        }
        return tiles;
    }

    /** The same tiles as a network takes them. */
    static List<TileInput> inputs(List<byte[]> tiles) {
        return tiles.stream().map(TileInput::of).toList();
    }

    /** What a tile writes. */
    static byte[] bytes(TileInput tile) {
        byte[] bytes = new byte[tile.bytes()];
        tile.writeTo(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    static byte[] filled(InputSpec input, int value) {
        byte[] tile = new byte[input.tileBytes()];
        Arrays.fill(tile, (byte) value);
        return tile;
    }

    static void assertSame(TileOutput actual, TileOutput expected) {
        TileOutput.Labels labels = (TileOutput.Labels) actual;
        TileOutput.Labels wanted = (TileOutput.Labels) expected;
        assertThat(labels.labels()).isEqualTo(wanted.labels());
        assertThat(labels.confidence()).isEqualTo(wanted.confidence());
    }
}
