package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiVolume;
import org.lesionstream.worker.decode.NiftiFiles;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.result.dicom.SourceBuilder;
import org.lesionstream.worker.testing.CtSeries;
import org.lesionstream.worker.testing.PackagedSystem;

/** From pictures to results in their format; and what of the patient is found where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsIT {
    private final MessageCodec codec = new MessageCodec();

    @TempDir
    private static Path folder;

    private PackagedSystem system;
    private Path series;

    @BeforeAll
    void segmentASeries() throws Exception {
        system = PackagedSystem.start(folder, Map.of());
        series = CtSeries.write(folder.resolve("images/series"));
        system.submit("ct", CtSeries.job("ct", series.toUri().toString()));
        system.answers().await("ct/lesion@production#1", SOON);
    }

    @AfterAll
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void measuresTheVolumeInThePlaceOfItsSlices() {
        CaseResult result = codec.readCaseResult(system.answers().await("ct/lesion@production#1", SOON));

        assertThat(result.images()).isEqualTo(3);
        assertThat(result.complete()).isTrue();
        assertThat(result.volume().orElseThrow().lesionCount()).isEqualTo(1);
        assertThat(result.totals().get(0).areaPixels()).isEqualTo(1 + 9 + 4);
        double voxel = 0.5 * 0.75 * 5;
        assertThat(result.volume().orElseThrow().totals().get(0).volumeCubicMillimetres())
                .contains((1 + 9 + 4) * voxel);
    }

    @Test
    void writesMasksAndReportForTheArchiveAlikeEveryTime() throws IOException {
        Path out = folder.resolve("results");
        String line = write("ct", out, folder.resolve("results.log"));

        assertThat(line).contains("case=ct").contains("images=3 complete=true files=2");
        List<String> files = line.lines().filter(text -> text.endsWith(".dcm")).toList();
        byte[] masks = Files.readAllBytes(Path.of(files.get(0)));
        DicomPicture picture = DicomPicture.read(masks, DecodeLimits.DEFAULT);
        assertThat(picture.frames()).isEqualTo(3);
        for (int frame = 0; frame < 3; frame++) {
            byte[] values = picture.stored(frame).values();
            assertThat(IntStream.range(0, values.length)
                            .filter(i -> values[i] == 1)
                            .count())
                    .isEqualTo((long) CtSeries.SIDES.get(frame) * CtSeries.SIDES.get(frame));
            assertThat(picture.plane(frame).orElseThrow().position().z()).isEqualTo(CtSeries.z(frame));
        }
        byte[] report = Files.readAllBytes(Path.of(files.get(1)));
        assertThat(new String(report, ISO_8859_1))
                .contains("Volume")
                .contains("lesion@1")
                .contains(SourceBuilder.MARK);

        Path again = folder.resolve("again");
        write("ct", again, folder.resolve("again.log"));
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.toList()).hasSize(2).allSatisfy(file -> assertThat(again.resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file));
        }
    }

    @Test
    void laysALabelVolumeOnAVolumeAndGivesAPictureAPng() throws Exception {
        byte[] source = NiftiFiles.volume(3);
        Path volume = Files.write(folder.resolve("images/volume.nii.gz"), source);
        system.submit("mr", PackagedSystem.job("mr", "mr", 1, 1, volume));
        Path picture = system.picture("photo.png", 2);
        system.submit("photo", PackagedSystem.job("photo", "photo", 1, 1, picture));
        system.answers().await("mr/lesion@production#1", SOON);
        system.answers().await("photo/lesion@production#1", SOON);
        Path out = folder.resolve("plain");

        write("mr", out, folder.resolve("mr.log"));
        write("photo", out, folder.resolve("photo.log"));

        NiftiVolume labels = NiftiVolume.read(Files.readAllBytes(out.resolve("mr.nii.gz")), DecodeLimits.DEFAULT);
        NiftiHeader header = NiftiHeader.read(source, DecodeLimits.DEFAULT);
        assertThat(labels.header().shape()).isEqualTo(header.shape());
        for (int slice = 1; slice <= 3; slice++) {
            assertThat(labels.header().place(slice)).isEqualTo(header.place(slice));
            LabelMask mask = MaskPng.decode(
                    system.getBytes("/api/jobs/mr." + slice + "/mask.png").body());
            assertThat(labels.grid(OptionalInt.of(slice)).samples()).isEqualTo(mask.labels());
        }
        assertThat(out.resolve("photo-1.png"))
                .hasBinaryContent(system.getBytes("/api/jobs/photo/mask.png").body());
    }

    /** The file shows 0 to 512, and its squares are of 768. */
    @Test
    void looksAtTheRangeThatTheJobSays() throws Exception {
        Path slice = Files.write(folder.resolve("images/slice.dcm"), CtSeries.slice(1));
        for (Map.Entry<String, Map<String, Integer>> asked : Map.of(
                        "bone", Map.of("low", 1500, "high", 4000), "soft", Map.of("low", -100, "high", 800))
                .entrySet()) {
            Map<String, Object> job = CtSeries.job(asked.getKey(), slice.toUri().toString());
            job.put("window", asked.getValue());
            system.submit(asked.getKey(), job);
        }

        assertThat(area("bone")).isZero();
        assertThat(area("soft")).isEqualTo(9);
    }

    private long area(String jobId) {
        return codec.readResult(system.answers().await(jobId + "#0", SOON))
                .totals()
                .get(0)
                .areaPixels();
    }

    @Test
    void refusesACaseWhosePictureIsAnotherOneNow() throws IOException {
        Path third = series.resolve("slice-7.dcm");
        byte[] before = Files.readAllBytes(third);
        byte[] other = before.clone();
        other[other.length - 1] ^= 1;
        Files.write(third, other);
        try {
            assertThatThrownBy(() -> write("ct", folder.resolve("none"), folder.resolve("none.log")))
                    .hasMessageContaining("CHECKSUM_MISMATCH at image 3");
            assertThat(folder.resolve("none")).doesNotExist();
        } finally {
            Files.write(third, before);
        }
    }

    @Test
    void keepsThePatientOutOfEverythingButTheResults() throws Exception {
        Path damaged = Files.write(folder.resolve("images/damaged.dcm"), truncated(CtSeries.slice(0)));
        Map<String, Object> job = new HashMap<>(PackagedSystem.job("damaged", "damaged", 1, 1, damaged));
        system.submit("damaged", job);
        system.answers().await("damaged#0", SOON);

        assertThat(Files.readString(folder.resolve("worker-0.log"))).doesNotContain(SourceBuilder.MARK);
        assertThat(system.worker().metrics()).doesNotContain(SourceBuilder.MARK);
        for (String id : system.answers().read()) {
            assertThat(system.answers().copies(id))
                    .allSatisfy(answer -> assertThat(new String(answer, UTF_8)).doesNotContain(SourceBuilder.MARK));
        }
        assertThat(rowsThatHold(SourceBuilder.MARK)).isEmpty();
        assertThat(rowsThatHold("damaged")).as("the search finds what is there").isNotEmpty();
    }

    private static byte[] truncated(byte[] file) {
        return Arrays.copyOf(file, file.length - 20);
    }

    /** Runs the command, and gives the line that it printed. */
    private String write(String caseId, Path out, Path log) throws IOException {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(
                system.bootstrapServers(), system.database().jdbcUrl(), system.database()));
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", system.path("images").toString());
        WorkerProcess.run(
                Path.of("target", "quarkus-app", "quarkus-run.jar"),
                List.of("results", "--case", caseId, "--out", out.toString()),
                environment,
                log);
        return Files.readString(log);
    }

    /** Every table is searched, as text, for a word. */
    private List<String> rowsThatHold(String word) throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        system.database().jdbcUrl(),
                        system.database().user(),
                        system.database().password());
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT t::text FROM \"" + table + "\" AS t WHERE t::text LIKE '%" + word + "%'")) {
                    while (rows.next()) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }
}
