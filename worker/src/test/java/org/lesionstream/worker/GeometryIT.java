package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.decode.dicom.SlicePlane;
import org.lesionstream.worker.result.dicom.SourceBuilder;
import org.lesionstream.worker.testing.CtSeries;
import org.lesionstream.worker.testing.PackagedSystem;

/**
 * The same patient, scanned in many ways: whichever axis is the columns, the rows or the slices, and whichever way each runs, the lesions come back at the
 * places in the patient where they are, with the same measures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeometryIT {
    private static final double TOLERANCE = 1e-4; // positions are written with sixteen characters

    private static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
    /** The class of an object stands within so many bytes of the file. */
    private static final int META_HEADER = 300;

    /**
     * One of three directions at right angles, none of them that of an axis of the patient.
     *
     * @param number which of the three
     * @param count voxels along it
     * @param spacing in millimetres
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Axis(int number, int count, double spacing, double[] direction) {
        private static final Axis U = new Axis(0, 12, 0.5, new double[] {0.8, 0.6, 0});
        private static final Axis V = new Axis(1, 9, 0.75, new double[] {-0.36, 0.48, 0.8});
        private static final Axis W = new Axis(2, 5, 2.5, new double[] {0.48, -0.64, 0.6});
    }

    /** A voxel by its numbers along the axes. */
    private record Voxel(int u, int v, int w) {
        double[] place() {
            return place(u, v, w);
        }

        List<double[]> corners() {
            List<double[]> corners = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                corners.add(place(u - 0.5 + (i & 1), v - 0.5 + ((i >> 1) & 1), w - 0.5 + (i >> 2)));
            }
            return corners;
        }

        private static double[] place(double u, double v, double w) {
            double[] place = {-31.5, 12.25, 101};
            for (int i = 0; i < 3; i++) {
                place[i] += u * Axis.U.spacing * Axis.U.direction[i]
                        + v * Axis.V.spacing * Axis.V.direction[i]
                        + w * Axis.W.spacing * Axis.W.direction[i];
            }
            return place;
        }
    }

    /** One lesion without any symmetry, and another of a single voxel. */
    private static final List<Voxel> LESIONS = List.of(
            new Voxel(2, 1, 1),
            new Voxel(3, 1, 1),
            new Voxel(4, 1, 1),
            new Voxel(5, 1, 1),
            new Voxel(2, 2, 1),
            new Voxel(2, 3, 1),
            new Voxel(2, 3, 2),
            new Voxel(3, 3, 2),
            new Voxel(2, 3, 3),
            new Voxel(10, 7, 0));

    private record Way(Axis axis, int sign) {
        /** Number along the axis of the n-th along this way. */
        int along(int n) {
            return sign > 0 ? n : axis.count - 1 - n;
        }

        double component(int i) {
            return sign * axis.direction[i];
        }
    }

    /** How a scanner lays columns, rows and slices through the patient. */
    private record Scan(String id, Way columns, Way rows, Way slices) {

        Scan(String id, Axis columns, int columnsSign, Axis rows, int rowsSign, Axis slices, int slicesSign) {
            this(id, new Way(columns, columnsSign), new Way(rows, rowsSign), new Way(slices, slicesSign));
        }

        private Voxel voxel(int column, int row, int slice) {
            int[] numbers = new int[3];
            numbers[columns.axis.number] = columns.along(column);
            numbers[rows.axis.number] = rows.along(row);
            numbers[slices.axis.number] = slices.along(slice);
            return new Voxel(numbers[0], numbers[1], numbers[2]);
        }

        private byte[] slice(int slice) {
            int height = rows.axis.count;
            int width = columns.axis.count;
            byte[] pixels = new byte[2 * height * width];
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixels[2 * (row * width + column) + 1] =
                            (byte) (LESIONS.contains(voxel(column, row, slice)) ? 3 : 0);
                }
            }
            double[] orientation = new double[6];
            for (int i = 0; i < 3; i++) {
                orientation[i] = columns.component(i);
                orientation[3 + i] = rows.component(i);
            }
            return SourceBuilder.ct(slice + 1, height, width, voxel(0, 0, slice).place(), orientation)
                    .text(0x0028_0030, "DS", rows.axis.spacing + "\\" + columns.axis.spacing)
                    .text(0x0028_1050, "DS", "256")
                    .text(0x0028_1051, "DS", "512")
                    .bytes(0x7fe0_0010, "OW", pixels)
                    .file();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private static List<Scan> scans() {
        return List.of(
                new Scan("plain", Axis.U, 1, Axis.V, 1, Axis.W, 1),
                new Scan("columns-flipped", Axis.U, -1, Axis.V, 1, Axis.W, 1),
                new Scan("rows-flipped", Axis.U, 1, Axis.V, -1, Axis.W, 1),
                new Scan("turned-round", Axis.U, -1, Axis.V, -1, Axis.W, 1),
                new Scan("turned-left", Axis.V, 1, Axis.U, -1, Axis.W, 1),
                new Scan("transposed", Axis.V, 1, Axis.U, 1, Axis.W, 1),
                new Scan("slices-reversed", Axis.U, 1, Axis.V, 1, Axis.W, -1),
                new Scan("coronal", Axis.U, 1, Axis.W, -1, Axis.V, 1),
                new Scan("sagittal", Axis.V, -1, Axis.W, 1, Axis.U, -1));
    }

    @TempDir
    private static Path folder;

    private PackagedSystem system;

    @BeforeAll
    void scanAndSegment() throws Exception {
        system = PackagedSystem.start(
                folder,
                Map.of(
                        "LESIONSTREAM_SINK_LOCATION",
                        folder.resolve("results").toUri().toString()));
        for (Scan scan : scans()) {
            Path series = Files.createDirectories(folder.resolve("images").resolve(scan.id()));
            for (int slice = 0; slice < scan.slices.axis.count; slice++) {
                Files.write(series.resolve(slice + ".dcm"), scan.slice(slice));
            }
            system.submit(scan.id(), CtSeries.job(scan.id(), series.toUri().toString()));
        }
        system.worker().awaitMetric("lesionstream_sink_cases_total{result=\"written\"}", scans().size(), SOON);
    }

    @AfterAll
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @ParameterizedTest
    @MethodSource("scans")
    void measuresTheSameVolumes(Scan scan) {
        CaseVolume volume = new MessageCodec()
                .readCaseResult(system.answers().await(scan.id() + "/lesion@production#1", SOON))
                .volume()
                .orElseThrow();

        double voxel = Axis.U.spacing * Axis.V.spacing * Axis.W.spacing;
        assertThat(volume.voxelCubicMillimetres().orElseThrow()).isCloseTo(voxel, within(1e-6));
        assertThat(volume.lesions()).extracting(VolumeLesion::voxels).containsExactly(9L, 1L);
        assertThat(volume.totals().get(0).volumeCubicMillimetres().orElseThrow())
                .isCloseTo(LESIONS.size() * voxel, within(1e-5));
        assertThat(volume.lesions().get(0).longestDiameterMillimetres().orElseThrow())
                .isCloseTo(longest(LESIONS.subList(0, 9)), within(1e-5));
    }

    /** From corner to corner of the voxels. */
    private static double longest(List<Voxel> voxels) {
        List<double[]> corners =
                voxels.stream().flatMap(voxel -> voxel.corners().stream()).toList();
        return corners.stream()
                .flatMap(one -> corners.stream().map(other -> distance(one, other)))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("scans")
    void findsTheLesionsWhereTheyAreInThePatient(Scan scan) throws IOException {
        List<double[]> found = new ArrayList<>();
        DicomPicture masks = segmentation(scan);
        for (int frame = 0; frame < masks.frames(); frame++) {
            SlicePlane plane = masks.plane(frame).orElseThrow();
            PixelSpacing spacing = masks.spacing(frame).orElseThrow().spacing();
            byte[] values = masks.stored(frame).values();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0) {
                    found.add(place(plane, spacing, i / masks.columns(), i % masks.columns()));
                }
            }
        }

        assertThat(found).hasSize(LESIONS.size());
        assertThat(LESIONS).allSatisfy(voxel -> assertThat(found)
                .as("a voxel at the place of %s", voxel)
                .filteredOn(place -> distance(place, voxel.place()) < TOLERANCE)
                .hasSize(1));
    }

    private static double[] place(SlicePlane plane, PixelSpacing spacing, int row, int column) {
        double right = column * spacing.columnMillimetres();
        double down = row * spacing.rowMillimetres();
        return new double[] {
            plane.position().x()
                    + right * plane.alongRow().x()
                    + down * plane.alongColumn().x(),
            plane.position().y()
                    + right * plane.alongRow().y()
                    + down * plane.alongColumn().y(),
            plane.position().z()
                    + right * plane.alongRow().z()
                    + down * plane.alongColumn().z()
        };
    }

    private static double distance(double[] one, double[] other) {
        return Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
    }

    /** The object with the masks, of the two that were written for the scan. */
    private static DicomPicture segmentation(Scan scan) throws IOException {
        try (Stream<Path> files =
                Files.list(folder.resolve("results").resolve(scan.id()).resolve("lesion@1"))) {
            List<byte[]> objects = new ArrayList<>();
            for (Path file : files.toList()) {
                objects.add(Files.readAllBytes(file));
            }
            assertThat(objects).hasSize(2);
            byte[] masks = objects.stream()
                    .filter(object -> new String(object, 0, META_HEADER, ISO_8859_1).contains(SEGMENTATION))
                    .findFirst()
                    .orElseThrow();
            return DicomPicture.read(masks, DecodeLimits.DEFAULT);
        }
    }
}
