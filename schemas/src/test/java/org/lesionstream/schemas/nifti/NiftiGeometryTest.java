package org.lesionstream.schemas.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelSpacing;

class NiftiGeometryTest {

    private static final Offset<Double> CLOSE = within(1e-5);

    @Test
    void takesTheAffineBeforeTheQuaternionAndThatBeforeTheSizes() {
        TestNifti file = file().sizes(1, 2, 3, 4);
        assertThat(spacing(file)).isEqualTo(new PixelSpacing(3, 2));
        assertThat(place(file, 3)).isEqualTo(new SlicePlace(8, 4));

        file.quaternion(0, 0, 0, 0, 0, 100);
        assertThat(place(file, 3)).isEqualTo(new SlicePlace(108, 4));

        file.affine(5, 0, 0, 0, 0, 6, 0, 0, 0, 0, 7, -70);
        assertThat(spacing(file)).isEqualTo(new PixelSpacing(6, 5));
        assertThat(place(file, 3)).isEqualTo(new SlicePlace(-56, 7));
        assertThat(header(file).voxelCubicMillimetres().getAsDouble()).isEqualTo(210);
    }

    @Test
    void passesOverWhatSpansNoPlane() {
        TestNifti file = file().sizes(1, 2, 3, 4).affine(new double[12]).quaternion(2, 0, 0, 0, 0, 50);
        assertThat(place(file, 1)).isEqualTo(new SlicePlace(0, 4)); // by the sizes

        assertThat(header(file.sizes(1, 0, 3, 4)).pixelSpacing()).isEmpty();
        assertThat(header(file.sizes(1, Double.NaN, 3, 4)).place(1)).isEmpty();
        assertThat(header(file.sizes(1, 2, 3, 0)).pixelSpacing()).isPresent();
        assertThat(header(file).place(1)).isEmpty();
        assertThat(header(file).voxelCubicMillimetres()).isEmpty();
    }

    /** Units 1, 2 and 3 are metres, millimetres and micrometres; 8 to 24 are units of time beside them. */
    @ParameterizedTest
    @CsvSource({"1,1000", "2,1", "3,0.001", "9,1000", "10,1", "27,0.001"})
    void convertsUnits(int units, double millimetres) {
        TestNifti file = file().units(units).sizes(1, 2, 3, 4);
        assertThat(spacing(file).rowMillimetres()).isCloseTo(3 * millimetres, CLOSE);
        assertThat(place(file, 2).positionMillimetres()).isCloseTo(4 * millimetres, CLOSE);
        assertThat(header(file).voxelCubicMillimetres().getAsDouble()).isCloseTo(24 * Math.pow(millimetres, 3), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7, 8, 16})
    void assumesNoUnit(int units) {
        NiftiHeader header = header(file().units(units).sizes(1, 2, 3, 4));
        assertThat(header.pixelSpacing()).isEmpty();
        assertThat(header.place(1)).isEmpty();
        assertThat(header.voxelCubicMillimetres()).isEmpty();
    }

    @Test
    void tellsRowsFromColumns() {
        TestNifti swapped = file().affine(0, 3, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0);
        assertThat(spacing(swapped))
                .isEqualTo(new PixelSpacing(3, 2)); // rows are 3 apart, though along the patient's first axis
        assertThat(spacing(file().sizes(1, 3, 2, 4))).isEqualTo(new PixelSpacing(2, 3));
    }

    @Test
    void aPatientStaysWhereHeIsWhenAnAxisOfTheFileIsTurnedRound() {
        TestNifti up = file().affine(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 10);
        TestNifti mirrored = file().affine(-2, 0, 0, 8, 0, 3, 0, 0, 0, 0, 4, 10);
        TestNifti down = file().affine(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, -4, 18);
        for (int slice = 1; slice <= 3; slice++) {
            assertThat(place(mirrored, slice)).isEqualTo(place(up, slice));
            assertThat(place(down, slice)).isEqualTo(place(up, 4 - slice));
        }
        assertThat(place(up, 3)).isEqualTo(new SlicePlace(18, 4));
        assertThat(header(down).voxelCubicMillimetres().getAsDouble()).isEqualTo(24);
    }

    @Test
    void measuresAlongTheNormalOfTiltedSlices() {
        double tilt = Math.tan(Math.toRadians(20)) * 4; // of a gantry: slices are stacked upright, their planes lean
        TestNifti file = file().affine(2, 0, 0, 0, 0, 3, tilt, 0, 0, 0, 4, 0);
        assertThat(place(file, 2)).isEqualTo(new SlicePlace(4, 4));
        assertThat(header(file).voxelCubicMillimetres().getAsDouble()).isCloseTo(24, CLOSE);

        double half = Math.sqrt(0.5);
        TestNifti oblique = file().affine(2, 0, 0, 0, 0, 3 * half, -4 * half, 0, 0, 3 * half, 4 * half, 0);
        assertThat(place(oblique, 3).positionMillimetres()).isCloseTo(8, CLOSE);
        assertThat(spacing(oblique).rowMillimetres()).isCloseTo(3, CLOSE);
    }

    @Test
    void knowsNoSpacingOfPixelsThatAreNoRectangles() {
        NiftiHeader sheared = header(file().affine(2, 1, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0));
        assertThat(sheared.pixelSpacing()).isEmpty();
        assertThat(sheared.place(2)).hasValue(new SlicePlace(4, 4));
        assertThat(sheared.voxelCubicMillimetres().getAsDouble()).isEqualTo(24);
    }

    /** A turn of 90 degrees about the third axis: the first axis points to the front, the second to the left. */
    @Test
    void turnsByTheQuaternion() {
        double half = Math.sqrt(0.5);
        VoxelAffine affine = affine(file().sizes(-1, 2, 3, 4).quaternion(0, 0, half, 7, 8, 9));
        assertVector(affine.alongRow(), 0, 2, 0);
        assertVector(affine.alongColumn(), -3, 0, 0);
        assertVector(affine.acrossSlices(), 0, 0, -4);
        assertVector(affine.origin(), 7, 8, 9);

        VoxelAffine aboutFirst = affine(file().sizes(1, 2, 3, 4).quaternion(half, 0, 0, 0, 0, 0));
        assertVector(aboutFirst.alongColumn(), 0, 0, 3);
        assertVector(aboutFirst.acrossSlices(), 0, -4, 0);
    }

    /** Three halves of a rounding error, which would be a turn by 0.05 degrees if its root were taken. */
    @Test
    void takesNoRootOfARoundingError() {
        double almost = Math.sqrt(1 - 3e-7);
        VoxelAffine first = affine(file().quaternion(0, almost, 0, 0, 0, 0));
        assertThat(first.alongRow().z()).isZero();
        VoxelAffine second = affine(file().second(true).quaternion(0, almost, 0, 0, 0, 0));
        assertThat(Math.abs(second.alongRow().z())).isCloseTo(2 * Math.sqrt(3e-7), within(1e-6));
    }

    @Test
    void framesOfLaterVolumesLieWhereThoseOfTheFirstDo() {
        NiftiHeader header = header(TestNifti.of(VoxelType.UINT8, 1, 1, 3, 2).sizes(1, 1, 1, 2, 5));
        assertThat(header.place(5)).isEqualTo(header.place(2)).hasValue(new SlicePlace(2, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> header.place(7));
        assertThatIllegalArgumentException().isThrownBy(() -> header.place(0));
    }

    @Test
    void placesAreFiniteAndApart() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SlicePlace(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SlicePlace(1, 0));
    }

    private static void assertVector(Vector vector, double x, double y, double z) {
        assertThat(vector.x()).isCloseTo(x, CLOSE);
        assertThat(vector.y()).isCloseTo(y, CLOSE);
        assertThat(vector.z()).isCloseTo(z, CLOSE);
    }

    private static TestNifti file() {
        return TestNifti.of(VoxelType.UINT8, 1, 1, 3);
    }

    private static NiftiHeader header(TestNifti file) {
        return NiftiHeader.read(file.file(0, 0, 0), DecodeLimits.DEFAULT);
    }

    private static VoxelAffine affine(TestNifti file) {
        return header(file).spatial().affine().orElseThrow();
    }

    private static PixelSpacing spacing(TestNifti file) {
        return header(file).pixelSpacing().orElseThrow();
    }

    private static SlicePlace place(TestNifti file, int frame) {
        return header(file).place(frame).orElseThrow();
    }
}
