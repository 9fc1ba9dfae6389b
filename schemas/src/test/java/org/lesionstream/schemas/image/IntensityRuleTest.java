package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntensityRuleTest {

    private static final IntensityRule IDENTITY = new IntensityRule.Identity();

    @Test
    void leavesSamplesOfTheWantedTypeAlone() {
        PixelGrid source = grey(0, 100, 255);
        assertThat(IDENTITY.apply(source, SampleType.UINT8)).isSameAs(source);
    }

    @Test
    void bringsSixteenBitsToEightByOne257th() {
        PixelGrid source = unsigned16(0, 128, 129, 257, 32896, 65535);
        assertThat(values(IDENTITY.apply(source, SampleType.UINT8))).containsExactly(0, 0, 1, 1, 128, 255);
    }

    @Test
    void bringsToEightBitsWhatTheSourceIsShownBy() {
        PixelGrid plain = GeometryTest.int16(1, 5, -1000, -160, 40, 240, 3000);
        PixelGrid shown = new PixelGrid(
                1,
                5,
                1,
                SampleType.INT16,
                Rescale.NONE,
                plain.samples(),
                Optional.empty(),
                Optional.of(new IntensityRule.Window(-160, 240)));
        assertThat(values(IDENTITY.apply(shown, SampleType.UINT8))).containsExactly(0, 0, 128, 255, 255);
        assertThat(IDENTITY.apply(shown, SampleType.INT16)).isSameAs(shown);
        assertThat(values(new IntensityRule.Window(-1000, 3000).apply(shown, SampleType.UINT8)))
                .isEqualTo(values(new IntensityRule.Window(-1000, 3000).apply(plain, SampleType.UINT8)));
    }

    @Test
    void spreadsEightBitsOverTheWholeSixteen() {
        assertThat(values(IDENTITY.apply(grey(0, 1, 255), SampleType.INT16)))
                .containsExactly(-32768, -32768 + 257, 32767);
    }

    @Test
    void mapsAWindowOfHounsfieldUnitsAndClipsTheRest() {
        PixelGrid ct = GeometryTest.int16(1, 5, -1000, -160, 40, 240, 3000);
        IntensityRule soft = new IntensityRule.Window(-160, 240);
        assertThat(values(soft.apply(ct, SampleType.UINT8))).containsExactly(0, 0, 128, 255, 255);
    }

    @Test
    void appliesAWindowToTheMeaningOfSamples() {
        IntensityRule rule = new IntensityRule.Window(1000, 2000);
        assertThat(values(rule.apply(unsigned16(999, 1000, 1500, 2000, 65535), SampleType.UINT8)))
                .containsExactly(0, 0, 128, 255, 255);
        PixelGrid falling = new PixelGrid(
                1, 3, 1, SampleType.UINT8, new Rescale(-10, 2000), new byte[] {0, 50, 100}, Optional.empty());
        assertThat(values(rule.apply(falling, SampleType.UINT8))).containsExactly(255, 128, 0);
    }

    @Test
    void stretchesFromPercentileToPercentileByNearestRank() {
        PixelGrid source = grey(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
        IntensityRule rule = new IntensityRule.Percentiles(10, 90); // ranks 1 and 9: 10 and 90
        assertThat(values(rule.apply(source, SampleType.UINT8)))
                .containsExactly(0, 32, 64, 96, 128, 159, 191, 223, 255, 255);
        IntensityRule all = new IntensityRule.Percentiles(0, 100);
        assertThat(values(all.apply(source, SampleType.UINT8))).startsWith(0).endsWith(255);
    }

    @Test
    void stretchesByPercentilesOfTheMeaningWhereSamplesFall() {
        PixelGrid falling =
                new PixelGrid(1, 3, 1, SampleType.UINT8, new Rescale(-1, 0), new byte[] {10, 20, 30}, Optional.empty());
        assertThat(values(new IntensityRule.Percentiles(0, 100).apply(falling, SampleType.UINT8)))
                .containsExactly(255, 128, 0);
    }

    @Test
    void turnsAFlatPictureIntoAllLowest() {
        IntensityRule rule = new IntensityRule.Percentiles(1, 99);
        assertThat(values(rule.apply(grey(77, 77), SampleType.UINT8))).containsOnly(0);
    }

    /** Grey may be mapped before or after it becomes colour, by rules that say so. */
    @Property(tries = 200)
    void givesGreyThatBecomesColourTheSameWhateverComesFirst(
            @ForAll("rules") IntensityRule rule,
            @ForAll SampleType from,
            @ForAll SampleType to,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll long seed) {
        byte[] samples = new byte[width * from.bytesPerSample()];
        new Random(seed).nextBytes(samples);
        PixelGrid grey = new PixelGrid(1, width, 1, from, samples, Optional.empty());
        InputSpec spec = new InputSpec(64, 64, 3, to, GeometryKind.TILES, 0, 16, Optional.empty(), rule, 64, 64);
        PixelGrid prepared = Geometry.prepare(grey, spec);
        assertThat(prepared).isEqualTo(rule.apply(grey.withChannels(3), to));
    }

    @Provide
    Arbitrary<IntensityRule> rules() {
        return Arbitraries.of(IDENTITY, new IntensityRule.Window(-160, 240), new IntensityRule.Percentiles(0.1, 99.9));
    }

    @Test
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> new IntensityRule.Window(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IntensityRule.Window(Double.NaN, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IntensityRule.Percentiles(50, 101)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PixelGrid grey(int... values) {
        byte[] samples = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = (byte) values[i];
        }
        return new PixelGrid(1, values.length, 1, SampleType.UINT8, samples, Optional.empty());
    }

    private static PixelGrid unsigned16(int... values) {
        int[] stored = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            stored[i] = values[i] - 32768;
        }
        PixelGrid grid = GeometryTest.int16(1, values.length, stored);
        return new PixelGrid(
                1, values.length, 1, SampleType.INT16, Rescale.UNSIGNED_16, grid.samples(), Optional.empty());
    }

    private static int[] values(PixelGrid grid) {
        int[] values = new int[grid.width()];
        for (int c = 0; c < values.length; c++) {
            values[c] = grid.sample(0, c, 0);
        }
        return values;
    }
}
