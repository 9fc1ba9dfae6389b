package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalArchive;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.result.dicom.SourceBuilder;
import org.lesionstream.worker.testing.CtSeries;
import org.lesionstream.worker.testing.PackagedSystem;

/** A series from a real archive, and its results back into it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "org.lesionstream.local.LocalArchive#isInstalled",
        disabledReason = "no archive here: the Debian packages orthanc and orthanc-dicomweb are not installed")
class ArchiveIT {
    @TempDir
    private static Path folder;

    private LocalArchive archive;
    private PackagedSystem system;
    private byte[] masks;
    private byte[] report;

    @BeforeAll
    void sendASeriesRound() throws Exception {
        archive = LocalArchive.start(folder.resolve("archive"));
        for (int i = 0; i < CtSeries.SIDES.size(); i++) {
            archive.store(CtSeries.slice(i));
        }
        system = PackagedSystem.start(
                folder,
                Map.of(
                        "LESIONSTREAM_DECODE_HTTP_ORIGINS",
                        archive.origin().toString(),
                        "LESIONSTREAM_SINK_LOCATION",
                        "dicomweb+" + archive.dicomWeb()));
        system.submit("ct", CtSeries.job("ct", "dicomweb+" + archive.dicomWeb() + SourceBuilder.SERIES_PATH));
        system.answers().await("ct/lesion@production#1", SOON);
        masks = archive.awaitObjects("SEG", 1, SOON).get(0);
        report = archive.awaitObjects("SR", 1, SOON).get(0);
    }

    @AfterAll
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
        archive.close();
    }

    @Test
    void holdsTheMasksBitForBitInTheirPlaces() throws Exception {
        DicomPicture picture = DicomPicture.read(masks, DecodeLimits.DEFAULT);

        assertThat(picture.frames()).isEqualTo(CtSeries.SIDES.size());
        for (int frame = 0; frame < picture.frames(); frame++) {
            byte[] stored =
                    system.getBytes("/api/jobs/ct." + (frame + 1) + "/mask.png").body();
            assertThat(picture.stored(frame).values())
                    .isEqualTo(MaskPng.decode(stored).labels());
            assertThat(picture.plane(frame).orElseThrow().position().z()).isEqualTo(CtSeries.z(frame));
        }
    }

    @Test
    void holdsTheReportOfTheSamePatient() {
        assertThat(new String(report, ISO_8859_1)).contains(SourceBuilder.MARK).contains("lesion@1");
    }

    @Test
    void overwritesItselfWhenItIsWrittenAgain() throws Exception {
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE case_sink SET state = 'due', due_at = now()");
        }
        system.worker().awaitMetric("lesionstream_sink_cases_total{result=\"written\"}", 2, SOON);

        assertThat(archive.objects("SEG")).containsExactly(masks);
        assertThat(archive.objects("SR")).containsExactly(report);
    }

    @Test
    void standsUpToAValidator() throws Exception {
        Path validator = Path.of("/usr/bin/dciodvfy");
        assumeThat(validator)
                .as("the Debian package dicom3tools is not installed")
                .isExecutable();
        for (byte[] object : List.of(masks, report)) {
            Path file = Files.write(folder.resolve("object.dcm"), object);
            Process run = new ProcessBuilder(validator.toString(), "-new", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(run.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(run.waitFor()).as(said).isZero();
            assertThat(said).doesNotContain("Error");
        }
    }
}
