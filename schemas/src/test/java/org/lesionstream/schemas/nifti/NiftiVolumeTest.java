package org.lesionstream.schemas.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;

class NiftiVolumeTest {

    @Test
    void rowsRunAlongTheSecondAxisAndSlicesAlongTheThird() {
        double[] values = new double[2 * 3 * 4 * 5];
        Arrays.setAll(values, i -> i);
        NiftiVolume volume = volume(TestNifti.of(VoxelType.UINT8, 2, 3, 4, 5).file(values));

        assertThat(volume.header().shape()).hasToString("2x3x4x5");
        PixelGrid grid = volume.grid(OptionalInt.of(1 + 2 + 4 * 3)); // slice 2 of volume 3
        assertThat(grid.width()).isEqualTo(2);
        assertThat(grid.height()).isEqualTo(3);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 2; column++) {
                assertThat(grid.sample(row, column, 0)).isEqualTo(column + 2 * (row + 3 * (2 + 4 * 3)));
            }
        }
    }

    @Test
    void keepsBytesAndNumbersOf16BitsAsTheyAre() {
        PixelGrid bytes = only(TestNifti.of(VoxelType.UINT8, 3, 1).file(0, 7, 255));
        assertThat(bytes.type()).isEqualTo(SampleType.UINT8);
        assertThat(bytes.rescale()).isEqualTo(Rescale.NONE);
        assertThat(samples(bytes)).containsExactly(0, 7, 255);

        PixelGrid signed = only(TestNifti.of(VoxelType.INT16, 3, 1).file(-1024, 0, 3071));
        assertThat(signed.rescale()).isEqualTo(Rescale.NONE);
        assertThat(samples(signed)).containsExactly(-1024, 0, 3071);

        PixelGrid unsigned = only(TestNifti.of(VoxelType.UINT16, 3, 1).file(0, 40000, 65535));
        assertThat(unsigned.rescale()).isEqualTo(Rescale.UNSIGNED_16);
        assertThat(samples(unsigned)).containsExactly(-32768, 7232, 32767);

        PixelGrid small = only(TestNifti.of(VoxelType.INT8, 3, 1).file(-128, 0, 127));
        assertThat(small.type()).isEqualTo(SampleType.INT16);
        assertThat(samples(small)).containsExactly(-128, 0, 127);
    }

    @ParameterizedTest
    @EnumSource(
            value = VoxelType.class,
            names = {"INT32", "UINT32", "INT64", "UINT64", "FLOAT32", "FLOAT64"})
    void keepsWholeNumbersExactWhereTheyFit(VoxelType type) {
        PixelGrid labels = only(TestNifti.of(type, 3, 1).file(0, 1, 2));
        assertThat(labels.rescale()).isEqualTo(Rescale.NONE);
        assertThat(samples(labels)).containsExactly(0, 1, 2);

        PixelGrid high = only(TestNifti.of(type, 3, 1).file(1_000_000, 1_000_001, 1_065_535));
        assertThat(meanings(high)).containsExactly(1_000_000, 1_000_001, 1_065_535);
    }

    @Test
    void mapsOtherNumbersLinearlyFromTheLowestToTheHighestOfTheWholeFile() {
        NiftiVolume volume = volume(TestNifti.of(VoxelType.FLOAT32, 2, 1, 2).file(-0.5, 0.25, 1.5, 0));

        PixelGrid first = volume.grid(OptionalInt.of(1));
        PixelGrid second = volume.grid(OptionalInt.of(2));
        assertThat(first.rescale()).isEqualTo(second.rescale());
        assertThat(first.sample(0, 0, 0)).isEqualTo(-32768);
        assertThat(second.sample(0, 0, 0)).isEqualTo(32767);
        double halfStep = 2.0 / 65535 / 2;
        assertThat(meanings(first)[1]).isCloseTo(0.25, within(halfStep));
        assertThat(meanings(second)[1]).isCloseTo(0, within(halfStep));
        assertThat(second.window()).hasValue(new IntensityRule.Window(-0.5, 1.5));
    }

    @Test
    void survivesEveryRangeThatFloatingPointHas() {
        PixelGrid huge = only(TestNifti.of(VoxelType.FLOAT64, 3, 1).file(-1.7e308, 0, 1.7e308));
        assertThat(huge.sample(0, 0, 0)).isEqualTo(-32768);
        assertThat(huge.sample(0, 2, 0)).isEqualTo(32767);
        assertThat(meanings(huge)[1]).isCloseTo(0, within(1.7e308 / 65535));

        assertThat(meanings(only(TestNifti.of(VoxelType.FLOAT64, 2, 1).file(Double.MIN_VALUE, 2 * Double.MIN_VALUE))))
                .containsExactly(Double.MIN_VALUE, Double.MIN_VALUE); // no step between them can be written down
        PixelGrid one = only(TestNifti.of(VoxelType.FLOAT32, 2, 1).file(0.75, 0.75));
        assertThat(meanings(one)).containsExactly(0.75, 0.75);
        assertThat(one.window()).isEmpty();
    }

    @Test
    void takesWhatIsNoNumberForPaddingAndInfinityForTheNearestValue() {
        PixelGrid grid = only(TestNifti.of(VoxelType.FLOAT32, 5, 1)
                .file(Double.NaN, 0.5, Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY));

        assertThat(samples(grid)).containsExactly(-32768, -32768, 32767, 32767, -32768);
    }

    @Test
    void scalesAndLeavesAloneWhatHasNoSlope() {
        assertThat(meanings(only(
                        TestNifti.of(VoxelType.INT16, 2, 1).scaling(0.5, -10).file(-4, 30))))
                .containsExactly(-12, 5);
        assertThat(only(TestNifti.of(VoxelType.UINT8, 2, 1).scaling(-2, 1).file(3, 4))
                        .rescale())
                .isEqualTo(new Rescale(-2, 1));
        for (double none : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(meanings(only(TestNifti.of(VoxelType.UINT16, 2, 1)
                            .scaling(none, 9)
                            .file(3, 4))))
                    .containsExactly(3, 4);
        }
    }

    @Test
    void isShownByWhatTheFileSaysIfThatMeetsItsValues() {
        TestNifti file = TestNifti.of(VoxelType.INT16, 2, 1).scaling(2, 0);
        assertThat(only(file.file(-5, 50)).window()).hasValue(new IntensityRule.Window(-10, 100));
        assertThat(only(file.shown(0, 80).file(-5, 50)).window()).hasValue(new IntensityRule.Window(0, 80));
        assertThat(only(file.shown(200, 300).file(-5, 50)).window()).hasValue(new IntensityRule.Window(-10, 100));
        assertThat(only(file.scaling(-1, 0).shown(0, 0).file(-5, 50)).window())
                .hasValue(new IntensityRule.Window(-50, 5));
        assertThat(only(TestNifti.of(VoxelType.UINT8, 2, 1).file(3, 4)).window())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesStoredValuesLittleEndianWhateverTheFileIs(boolean bigEndian) {
        NiftiVolume volume = volume(TestNifti.of(VoxelType.INT32, 2, 1)
                .bigEndian(bigEndian)
                .scaling(3, 1)
                .file(0x01020304, -2));

        assertThat(volume.stored(1)).containsExactly(4, 3, 2, 1, -2, -1, -1, -1);
        assertThat(volume.values(1)).containsExactly(3.0 * 0x01020304 + 1, -5);
    }

    @Test
    void readsFilesOfFewerThanThreeAxes() {
        assertThat(volume(TestNifti.of(VoxelType.UINT8, 3).file(1, 2, 3))
                        .header()
                        .shape())
                .isEqualTo(new NiftiShape(3, 1, 1, 1));
        assertThat(only(TestNifti.of(VoxelType.UINT8, 1, 2, 1, 1, 1).file(1, 2)).height())
                .isEqualTo(2);
    }

    private static NiftiVolume volume(byte[] file) {
        return NiftiVolume.read(file, DecodeLimits.DEFAULT);
    }

    private static PixelGrid only(byte[] file) {
        return volume(file).grid(OptionalInt.empty());
    }

    private static int[] samples(PixelGrid grid) {
        int[] samples = new int[grid.width()];
        Arrays.setAll(samples, column -> grid.sample(0, column, 0));
        return samples;
    }

    private static double[] meanings(PixelGrid grid) {
        return Arrays.stream(samples(grid)).mapToDouble(grid.rescale()::meaning).toArray();
    }
}
