package org.lesionstream.worker.result.dicom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.LabelMask;

/** What other programs say about our files, where they are installed (Debian: dicom3tools, dcmtk). */
class OtherProgramsTest {

    private static final Path SERIES = Path.of("..", "..", "shared", "data", "dicom", "series_mr_hippocrop_1");

    /** What a program said and how it ended. */
    private record Answer(int status, String text) {}

    @TempDir
    Path folder;

    static Stream<CaseSegmentation> cases() {
        SourceInstance source = SourceBuilder.ultrasound(4, 4).read();
        LabelMask nothing = new LabelMask(4, 4, new byte[16]);
        return Stream.of(
                Cases.ctSeries(),
                Cases.ctVolume(),
                Cases.volume(Cases.ctSeries(), Optional.empty()),
                Cases.ultrasound(),
                Cases.enhanced(6, new Random(2)),
                Cases.of(List.of(Cases.image(1, source, 0, nothing, Optional.empty())), 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dciodvfyFindsNoError(CaseSegmentation work) throws Exception {
        for (Path file : files(work)) {
            assertThat(run("dciodvfy", "-new", file.toString()).text().lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.startsWith("Error") || line.startsWith("Warning"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dcmdumpReadsThem(CaseSegmentation work) throws Exception {
        for (Path file : files(work)) {
            Answer answer = run("dcmdump", "+E", file.toString());

            assertThat(answer.status()).isZero();
            assertThat(answer.text()).contains("[MARK^PATIENT]").doesNotContain("W:", "E:");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dsrdumpReadsTheReport(CaseSegmentation work) throws Exception {
        List<Path> files = files(work);
        Answer answer = run("dsrdump", files.get(files.size() - 1).toString());

        assertThat(answer.status()).isZero();
        assertThat(answer.text()).contains("Comprehensive 3D SR Document");
        assertThat(answer.text().lines())
                .filteredOn(line -> !line.endsWith("does not support this Specific Character Set: ISO_IR 192"))
                .noneMatch(line -> line.startsWith("W:") || line.startsWith("E:"));
        boolean found =
                work.images().stream().anyMatch(image -> !image.lesions().isEmpty());
        assertThat(answer.text().contains("Long Axis")).isEqualTo(found);
    }

    @Test
    void dciodvfyFindsNoErrorInResultsOfARealSeries() throws Exception {
        assumeThat(SERIES).as("the reference series is not there").isDirectory();
        Random random = new Random(8);
        List<SegmentedImage> images = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SERIES, "*.dcm")) {
            for (Path file : files) {
                SourceInstance source = SourceInstance.read(Files.readAllBytes(file), DecodeLimits.DEFAULT);
                LabelMask mask = Cases.randomMask(source.rows(), source.columns(), 2, random);
                images.add(Cases.image(images.size() + 1, source, 0, mask, Cases.spacing(source, 0)));
            }
        }
        for (Path file : files(Cases.of(images, 2))) {
            assertThat(run("dciodvfy", "-new", file.toString()).text().lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.startsWith("Error"));
        }
    }

    /** The segmentation, if there is one, and the report. */
    private List<Path> files(CaseSegmentation work) throws IOException {
        DicomResult result = DicomResults.of(work, Cases.CREATED);
        List<Path> files = new ArrayList<>();
        if (result.segmentation().isPresent()) {
            files.add(Files.write(
                    folder.resolve("seg.dcm"), result.segmentation().get().file()));
        }
        files.add(Files.write(folder.resolve("sr.dcm"), result.report().file()));
        return files;
    }

    private static Answer run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            assumeThat(absent).as(command[0] + " is not installed").isNull();
            throw absent;
        }
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
