package org.lesionstream.schemas.nifti;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;

class NiftiWriterTest {

    private static final LabelMask FIRST = new LabelMask(3, 2, new byte[] {0, 1, 2, 3, 4, (byte) 255});
    private static final LabelMask SECOND = new LabelMask(3, 2, new byte[] {9, 8, 7, 6, 5, 4});

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void labelsLieOnTheirSource(boolean second, boolean bigEndian) {
        NiftiHeader source = header(source(2).second(second).bigEndian(bigEndian));
        byte[] file = NiftiWriter.labels(source, List.of(FIRST, SECOND));
        NiftiVolume labels = NiftiVolume.read(file, DecodeLimits.DEFAULT);

        NiftiHeader header = labels.header();
        assertThat(header.shape()).isEqualTo(source.shape());
        assertThat(header.type()).isEqualTo(VoxelType.UINT8);
        assertThat(header.scaling()).isEqualTo(Rescale.NONE);
        assertThat(header.pixelSpacing()).isPresent().isEqualTo(source.pixelSpacing());
        assertThat(header.place(2)).isPresent().isEqualTo(source.place(2));
        assertThat(header.spatial().affine()).isEqualTo(source.spatial().affine());
        assertThat(header.spatial().version()).isEqualTo(source.spatial().version());
        assertThat(grid(labels, 1).samples()).containsExactly(FIRST.labels());
        assertThat(grid(labels, 2).samples()).containsExactly(SECOND.labels());
        assertThat(grid(labels, 2).type()).isEqualTo(SampleType.UINT8);
    }

    /** The fields at their places in nifti1.h, not by way of the reader. */
    @Test
    void writesWhatOtherProgramsRead() {
        byte[] file = NiftiWriter.labels(header(source(2)), List.of(FIRST, SECOND));
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file).hasSize(352 + 12);
        assertThat(fields.getInt(0)).isEqualTo(348);
        assertThat(new short[] {fields.getShort(40), fields.getShort(42), fields.getShort(44), fields.getShort(46)})
                .containsExactly(3, 2, 3, 2);
        assertThat(fields.getShort(70)).isEqualTo((short) 2);
        assertThat(fields.getShort(72)).isEqualTo((short) 8);
        assertThat(fields.getFloat(88)).isEqualTo(4);
        assertThat(fields.getFloat(108)).isEqualTo(352);
        assertThat(fields.getFloat(112)).isEqualTo(1);
        assertThat(fields.get(123)).isEqualTo((byte) 10);
        assertThat(fields.getShort(254)).isEqualTo((short) 2);
        assertThat(fields.getFloat(280 + 4 * 11)).isEqualTo(7);
        assertThat(new String(file, 344, 4, ISO_8859_1)).isEqualTo("n+1\0");
        assertThat(file[352 + 5]).isEqualTo((byte) 255);
    }

    @Test
    void takesNoTextAlong() {
        byte[] file = source(2).file(new double[12]);
        assertThat(new String(file, ISO_8859_1)).contains(TestNifti.MARK);
        byte[] labels = NiftiWriter.labels(NiftiHeader.read(file, DecodeLimits.DEFAULT), List.of(FIRST, SECOND));
        assertThat(new String(labels, ISO_8859_1)).doesNotContain("MARK").doesNotContain("NAME");
    }

    @Test
    void keepsASeriesOfVolumes() {
        NiftiHeader source = NiftiHeader.read(
                TestNifti.of(VoxelType.FLOAT32, 2, 3, 1, 2).file(new double[12]), DecodeLimits.DEFAULT);
        NiftiVolume labels = NiftiVolume.read(NiftiWriter.labels(source, List.of(FIRST, SECOND)), DecodeLimits.DEFAULT);
        assertThat(labels.header().shape()).isEqualTo(new NiftiShape(2, 3, 1, 2));
    }

    @Test
    void compressesTheSameWayEveryTime() {
        byte[] file = NiftiWriter.labels(header(source(2)), List.of(FIRST, SECOND));
        byte[] gzip = NiftiWriter.gzip(file);
        assertThat(NiftiWriter.gzip(file)).isEqualTo(gzip);
        assertThat(grid(NiftiVolume.read(gzip, DecodeLimits.DEFAULT), 1).samples())
                .containsExactly(FIRST.labels());
    }

    @Test
    void refusesMasksOfAnotherShape() {
        NiftiHeader source = header(source(2));
        assertThatIllegalArgumentException().isThrownBy(() -> NiftiWriter.labels(source, List.of(FIRST)));
        LabelMask turned = new LabelMask(2, 3, new byte[6]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NiftiWriter.labels(source, List.of(FIRST, turned)))
                .withMessageContaining("2x3");
    }

    private static TestNifti source(int slices) {
        return TestNifti.of(VoxelType.INT16, 2, 3, slices)
                .scaling(0.5, 3)
                .shown(0, 9)
                .units(10)
                .sizes(-1, 2, 3, 4)
                .quaternion(0.1, 0.7, 0.2, 1, 2, 3)
                .affine(2, 0.01, 0, 5, 0, 3, 0.2, 6, 0, 0.1, 4, 7);
    }

    private static NiftiHeader header(TestNifti file) {
        return NiftiHeader.read(file.file(new double[12]), DecodeLimits.DEFAULT);
    }

    private static PixelGrid grid(NiftiVolume volume, int frame) {
        return volume.grid(OptionalInt.of(frame));
    }
}
