package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.schemas.image.TilePlan.Tile;

class TilingPropertyTest {

    @Property(tries = 500)
    void keepsEveryPixelExactlyOnce(
            @ForAll("specs") InputSpec spec,
            @ForAll @IntRange(min = 1, max = 200) int height,
            @ForAll @IntRange(min = 1, max = 200) int width) {
        int[] times = new int[height * width];
        for (Tile tile : TilePlan.of(height, width, spec).tiles()) {
            for (int r = 0; r < tile.kept().height(); r++) {
                int start = (tile.kept().row() + r) * width + tile.kept().column();
                for (int c = 0; c < tile.kept().width(); c++) {
                    times[start + c]++;
                }
            }
        }
        assertThat(times).containsOnly(1);
    }

    @Property(tries = 500)
    void keepsOnlyPixelsWithFullContext(
            @ForAll("specs") InputSpec spec,
            @ForAll @IntRange(min = 1, max = 200) int height,
            @ForAll @IntRange(min = 1, max = 200) int width) {
        TilePlan plan = TilePlan.of(height, width, spec);
        int overhang = spec.padded() ? 0 : spec.margin();
        for (Tile tile : plan.tiles()) {
            assertThat(Math.floorMod(tile.input().row() + overhang, spec.alignment()))
                    .isZero();
            assertThat(Math.floorMod(tile.input().column() + overhang, spec.alignment()))
                    .isZero();
            assertThat(tile.kept().row() - tile.input().row())
                    .isGreaterThanOrEqualTo(tile.kept().row() == 0 ? overhang : spec.margin());
            int below = tile.input().row()
                    + spec.height()
                    - tile.kept().row()
                    - tile.kept().height();
            boolean last = tile.kept().row() + tile.kept().height() == height;
            assertThat(below).isGreaterThanOrEqualTo(last ? overhang : spec.margin());
            if (last && spec.padded() && height > spec.height()) {
                assertThat(below).isLessThan(spec.alignment());
            }
        }
    }

    @Property(tries = 300)
    void stitchesBackWhatItCut(
            @ForAll("specs") InputSpec spec,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll long seed) {
        byte[] pixels = new byte[height * width];
        new Random(seed).nextBytes(pixels);
        PixelGrid picture = new PixelGrid(height, width, 1, SampleType.UINT8, pixels, Optional.empty());
        TilePlan plan = Geometry.plan(picture, spec);
        MaskStitcher stitcher = new MaskStitcher(plan);
        List<Tile> order = new ArrayList<>(plan.tiles());
        Collections.shuffle(order, new Random(seed));
        for (Tile tile : order) {
            assertThat(stitcher.complete()).isFalse();
            byte[] output = identity(picture, tile, spec);
            stitcher.accept(tile.index(), new TileOutput.Labels(output, complement(output)));
        }
        assertThat(stitcher.complete()).isTrue();
        assertThat(stitcher.labels().labels()).isEqualTo(pixels);
        assertThat(stitcher.confidence()).isEqualTo(complement(pixels));
    }

    /** The naive definition: walk from pixel to pixel and turn round at the borders. */
    @Property(tries = 300)
    void mirrorsAboutTheBorderPixel(
            @ForAll @IntRange(min = 1, max = 12) int height,
            @ForAll @IntRange(min = 1, max = 12) int width,
            @ForAll @IntRange(min = -40, max = 40) int row,
            @ForAll @IntRange(min = -40, max = 40) int column,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll SampleType type) {
        byte[] samples = new byte[height * width * channels * type.bytesPerSample()];
        new Random(7).nextBytes(samples);
        PixelGrid picture = new PixelGrid(height, width, channels, type, samples, Optional.empty());
        TilePlan.Window window = new TilePlan.Window(row, column, 16, 20);
        int bytes = picture.bytesPerPixel();
        byte[] target = new byte[5 + 16 * 20 * bytes];
        Tiler.cut(picture, new Tile(0, window, new TilePlan.Window(0, 0, 1, 1), 0, 0), target, 5);
        for (int r = 0; r < 16; r++) {
            for (int c = 0; c < 20; c++) {
                int from = (walk(row + r, height) * width + walk(column + c, width)) * bytes;
                int to = 5 + (r * 20 + c) * bytes;
                assertThat(Arrays.copyOfRange(target, to, to + bytes))
                        .isEqualTo(Arrays.copyOfRange(samples, from, from + bytes));
            }
        }
    }

    @Provide
    Arbitrary<InputSpec> specs() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(16, 80);
        return Combinators.combine(
                        sizes,
                        sizes,
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(1, 2, 4, 8, 16, 32),
                        Arbitraries.of(true, false))
                .filter((height, width, margin, alignment, padded) -> Math.min(height, width) - 2 * margin >= alignment)
                .as((height, width, margin, alignment, padded) -> padded
                        ? InputSpec.tiles(height, width, 1, margin, alignment)
                        : TilePlanTest.valid(height, width, margin, alignment));
    }

    /** What a network that changes nothing would give for a tile. */
    private static byte[] identity(PixelGrid picture, Tile tile, InputSpec spec) {
        byte[] input = new byte[spec.tileBytes()];
        Tiler.cut(picture, tile, input, 0);
        int lost = (spec.height() - spec.outputHeight()) / 2;
        byte[] output = new byte[spec.outputPixels()];
        for (int r = 0; r < spec.outputHeight(); r++) {
            int from = (r + lost) * spec.width() + lost;
            System.arraycopy(input, from, output, r * spec.outputWidth(), spec.outputWidth());
        }
        return output;
    }

    private static byte[] complement(byte[] bytes) {
        byte[] complement = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            complement[i] = (byte) ~bytes[i];
        }
        return complement;
    }

    private static int walk(int index, int length) {
        int at = 0;
        int direction = 1;
        for (int step = 0; step < Math.abs(index) && length > 1; step++) {
            if (at + direction < 0 || at + direction >= length) {
                direction = -direction;
            }
            at += direction;
        }
        return at;
    }
}
