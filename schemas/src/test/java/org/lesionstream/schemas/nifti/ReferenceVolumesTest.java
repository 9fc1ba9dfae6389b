package org.lesionstream.schemas.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.testing.SharedFolder;

/** Volumes from the wild against what nibabel says of them, where the reference data is at hand. */
class ReferenceVolumesTest {

    @Test
    void readsOddVolumesAsTheReferenceDoes() throws IOException {
        Path folder = SharedFolder.path("data/nifti");
        List<Map<String, String>> rows = rows(folder.resolve("index.csv"));
        assertThat(rows).hasSize(6);
        for (Map<String, String> row : rows) {
            NiftiVolume volume = volume(folder.resolve(row.get("file")));
            NiftiHeader header = volume.header();
            assertThat(header.shape()).as(row.get("file")).hasToString(row.get("shape"));
            assertThat(header.type()).isEqualTo(row.get("dtype").equals("uint8") ? VoxelType.UINT8 : VoxelType.INT16);
            assertThat(header.spatial().version())
                    .isEqualTo(row.get("format").equals("Nifti2Image") ? NiftiVersion.TWO : NiftiVersion.ONE);
            VoxelAffine affine = header.spatial().affine().orElseThrow();
            assertThat(axes(affine)).as(row.get("file")).isEqualTo(row.get("axes"));
            double[] sizes = Arrays.stream(row.get("voxel").split("x", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(affine.alongRow().length()).isCloseTo(sizes[0], within(1e-6));
            assertThat(affine.alongColumn().length()).isCloseTo(sizes[1], within(1e-6));
            assertThat(affine.sliceDistance()).isCloseTo(sizes[2], within(1e-6));
            assertValues(volume, row.get("min"), row.get("max"), row.get("mean"));
        }
    }

    @Test
    void measuresOnlyWhereTheFileSaysInWhat() throws IOException {
        Path folder = SharedFolder.path("data/nifti");
        NiftiHeader silent = volume(folder.resolve("ct_small.nii.gz")).header();
        assertThat(silent.pixelSpacing()).isEmpty();
        assertThat(silent.place(1)).isEmpty();

        NiftiHeader functional = volume(folder.resolve("functional.nii")).header();
        assertThat(functional.pixelSpacing()).hasValue(new PixelSpacing(4, 4));
        assertThat(functional.place(6)).hasValue(new SlicePlace(16, 8));
        assertThat(functional.voxelCubicMillimetres().getAsDouble()).isEqualTo(128);
    }

    /** Rows of the affine that was worked out from the quaternion by hand: 2, 2 and 2.2 mm, turned by 9.3 degrees about the first axis. */
    @Test
    void turnsByTheQuaternionOfARealFile() throws IOException {
        NiftiHeader header =
                volume(SharedFolder.path("data/nifti/example_nifti2.nii.gz")).header();
        VoxelAffine affine = header.spatial().affine().orElseThrow();
        double cosine = 2 * 0.9967085123062134 * 0.9967085123062134 - 1; // of twice the angle of the quaternion
        double sine = 2 * 0.9967085123062134 * 0.0810687392950058;
        assertThat(affine.alongRow().x()).isCloseTo(-2, within(1e-7));
        assertThat(affine.alongColumn().y()).isCloseTo(2 * cosine, within(1e-6));
        assertThat(affine.alongColumn().z()).isCloseTo(2 * sine, within(1e-6));
        assertThat(affine.acrossSlices().y()).isCloseTo(-2.2 * sine, within(1e-6));
        assertThat(affine.acrossSlices().z()).isCloseTo(2.2 * cosine, within(1e-6));
    }

    @Test
    void readsEveryVolumeOfATrainingSetWithItsLabels() throws IOException {
        Path folder = SharedFolder.path("data/hippocampus_3d");
        List<Map<String, String>> rows = rows(folder.resolve("index.csv"));
        assertThat(rows).hasSize(45);
        for (Map<String, String> row : rows) {
            NiftiVolume image = volume(folder.resolve(row.get("image")));
            assertThat(image.header().shape()).hasToString(row.get("shape"));
            assertThat(image.header().pixelSpacing()).hasValue(new PixelSpacing(1, 1));
            assertValues(image, row.get("image_min"), row.get("image_max"), row.get("image_mean"));
            NiftiVolume mask = volume(folder.resolve(row.get("mask")));
            long[] counts = new long[3];
            for (int frame = 1; frame <= mask.header().shape().frames(); frame++) {
                for (byte label : mask.grid(OptionalInt.of(frame)).samples()) {
                    counts[label]++;
                }
            }
            assertThat(counts[1]).isEqualTo(Long.parseLong(row.get("anterior_1_voxels")));
            assertThat(counts[2]).isEqualTo(Long.parseLong(row.get("posterior_2_voxels")));
        }
    }

    /** By the values of the file, and by those that its pictures give back. */
    private static void assertValues(NiftiVolume volume, String min, String max, String mean) {
        DoubleSummaryStatistics values = new DoubleSummaryStatistics();
        DoubleSummaryStatistics pictures = new DoubleSummaryStatistics();
        for (int frame = 1; frame <= volume.header().shape().frames(); frame++) {
            Arrays.stream(volume.values(frame)).forEach(values);
            PixelGrid grid = volume.grid(OptionalInt.of(frame));
            for (int i = 0; i < grid.height() * grid.width(); i++) {
                pictures.accept(grid.rescale().meaning(grid.sample(i / grid.width(), i % grid.width(), 0)));
            }
        }
        assertThat(values.getMin()).isCloseTo(Double.parseDouble(min), within(1e-3));
        assertThat(values.getMax()).isCloseTo(Double.parseDouble(max), within(1e-3));
        double single = 1e-7 * values.getMax(); // the reference added up in single precision
        assertThat(values.getAverage()).isCloseTo(Double.parseDouble(mean), within(1e-3 + single));
        double halfStep = (values.getMax() - values.getMin()) / 65535 / 2 + 1e-9;
        assertThat(pictures.getMin()).isCloseTo(values.getMin(), within(halfStep));
        assertThat(pictures.getMax()).isCloseTo(values.getMax(), within(halfStep));
        assertThat(pictures.getAverage()).isCloseTo(values.getAverage(), within(halfStep));
    }

    /** Towards which side of the patient each axis of the file points. */
    private static String axes(VoxelAffine affine) {
        StringBuilder axes = new StringBuilder();
        for (Vector axis : List.of(affine.alongRow(), affine.alongColumn(), affine.acrossSlices())) {
            double steepest = Math.max(Math.abs(axis.x()), Math.max(Math.abs(axis.y()), Math.abs(axis.z())));
            int number = Math.abs(axis.x()) == steepest ? 0 : Math.abs(axis.y()) == steepest ? 1 : 2;
            axes.append((axis.sense() > 0 ? "RAS" : "LPI").charAt(number));
        }
        return axes.toString();
    }

    private static NiftiVolume volume(Path file) throws IOException {
        return NiftiVolume.read(Files.readAllBytes(file), DecodeLimits.DEFAULT);
    }

    private static List<Map<String, String>> rows(Path index) throws IOException {
        List<String> lines = Files.readAllLines(index);
        String[] columns = lines.get(0).split(",", -1);
        return lines.subList(1, lines.size()).stream()
                .map(line -> {
                    String[] fields = line.split(",", -1);
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < columns.length; i++) {
                        row.put(columns[i], fields[i]);
                    }
                    return row;
                })
                .toList();
    }
}
