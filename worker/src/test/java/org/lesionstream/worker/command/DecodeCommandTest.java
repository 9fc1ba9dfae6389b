package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.worker.decode.NiftiFiles;
import org.lesionstream.worker.decode.dicom.DicomFiles;
import org.lesionstream.worker.decode.dicom.codec.PixelCodecs;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

class DecodeCommandTest {

    private static final Path REFERENCE = Path.of("..", "..", "shared", "data", "dicom", "manifest.csv");
    private static final String HEADER = "file,note,pixel_min,pixel_max,pixel_mean,pixel_sha256\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void decodesEveryReferenceFileAsTheReferenceDecoderDoes() {
        Assumptions.assumeTrue(Files.isRegularFile(REFERENCE), "the reference files are not there: " + REFERENCE);

        assertThat(run("--manifest", REFERENCE.toString())).as(out.toString()).isZero();
        assertThat(out.toString())
                .endsWith(
                        PixelCodecs.decode(PixelCodecs.JPEG_2000)
                                ? "decode: files=106 match=77 close=15 refused=12 unsupported=1 lenient=1 different=0\n"
                                : "decode: files=106 match=72 close=10 refused=12 unsupported=11 lenient=1 different=0\n");
    }

    @Test
    void saysWhatIsInAFileAndWhyAnotherIsRefused() throws IOException {
        Path slice = file("slice.dcm", DicomFiles.slices(2));
        Path report = file("report.dcm", DicomFiles.report());

        assertThat(run(slice.toString())).isZero();
        assertThat(out.toString())
                .contains("10x14x1 UINT16 frames=1 spacing=0.500000x0.250000 mm/patient min=24 max=1264 mean=59.4286")
                .endsWith("decode: files=1 decoded=1 refused=0\n");
        assertThat(run(report.toString(), folder.resolve("absent").toString())).isEqualTo(ExitCode.SOFTWARE);
        assertThat(out.toString())
                .contains("NO_PIXELS (no pixel data)")
                .contains("SOURCE_NOT_FOUND")
                .endsWith("decode: files=2 decoded=0 refused=2\n")
                .doesNotContain(DicomFiles.MARK);
    }

    @Test
    void saysHowLongDecodingTakes() throws IOException {
        Path slice = file("slice.dcm", DicomFiles.slices(2));

        assertThat(run("--repeat", "3", slice.toString())).isZero();
        assertThat(out.toString()).containsPattern("sha256=[0-9a-f]{64} least=\\d+\\.\\d ms median=\\d+\\.\\d ms\n");
    }

    @Test
    void saysWhatIsInAVolume() throws IOException {
        Path volume = file("volume.nii.gz", NiftiFiles.volume(4));
        byte[] plain = NiftiFiles.file(4, 1);
        String digest = Digest.of(Arrays.copyOfRange(plain, 352, plain.length)).hex();

        assertThat(run(volume.toString())).isZero();
        assertThat(out.toString())
                .contains("2x3x1 INT16 frames=4 spacing=0.250000x0.500000 mm min=-7 max=108 mean=50.5000 sha256="
                        + digest)
                .doesNotContain("MARK");
    }

    @ParameterizedTest
    @CsvSource({
        "functional.nii,21x17x1 INT16 frames=60 spacing=4.00000x4.00000 mm min=629.826 max=5571.621 mean=3637.4085",
        "anatomical.nii,41x33x1 INT16 frames=25 spacing=2.00000x2.00000 mm min=-610 max=30393 mean=8401.0667",
        "ct_small.nii.gz,101x122x1 INT16 frames=30 spacing=unknown min=-1100 max=1207 mean=-354.0953"
    })
    void saysOfRealVolumesWhatTheReferenceSays(String name, String facts) {
        Path file = Path.of("..", "..", "shared", "data", "nifti", name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "the reference volume is not there: " + file);

        assertThat(run(file.toString())).isZero();
        for (String fact : facts.split(" ", -1)) {
            assertThat(out.toString()).contains(fact);
        }
    }

    @Test
    void addsUpThePagesOfATiff() throws IOException {
        Path pages = file("pages.tif", twoPages());

        assertThat(run(pages.toString())).isZero();
        assertThat(out.toString()).contains("1x2x1 UINT8 frames=2 spacing=unknown min=5 max=9 mean=7.0000");
    }

    private static byte[] twoPages() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int value : new int[] {5, 9}) {
                var page = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
                page.getRaster().setSample(0, 0, 0, value);
                page.getRaster().setSample(1, 0, 0, value);
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Test
    void digestsTheStoredValuesOfAllFramesAndOfPlainPictures() throws IOException {
        Path frames = file("frames.dcm", DicomFiles.slices(1, 2));
        byte[] labels = {0, 1, 0, 1, 0, 0};
        Path plain = file("plain.png", MaskPng.encode(new LabelMask(2, 3, labels), 1));
        byte[] shown = {0, (byte) 255, 0, (byte) 255, 0, 0};

        assertThat(run("--json", frames.toString(), plain.toString())).isZero();

        JsonNode files = new ObjectMapper().readTree(out.toString()).get("files");
        byte[] whole = DicomFiles.slices(1, 2);
        byte[] values = Arrays.copyOfRange(whole, whole.length - 2 * 2 * 140, whole.length);
        assertThat(files.at("/0/sha256").asText()).isEqualTo(Digest.of(values).hex());
        assertThat(files.at("/0/frames").asInt()).isEqualTo(2);
        assertThat(files.at("/0/spacingOrigin").asText()).isEqualTo("PATIENT");
        assertThat(files.at("/1/sha256").asText()).isEqualTo(Digest.of(shown).hex());
        assertThat(files.at("/1/format").asText()).isEqualTo("UINT8");
    }

    @Test
    void comparesWithAManifest() throws IOException {
        byte[] whole = DicomFiles.slices(2);
        file("slice.dcm", whole);
        file("coded.dcm", DicomFiles.jpeg2000());
        file("report.dcm", DicomFiles.report());
        String digest = Digest.of(Arrays.copyOfRange(whole, whole.length - 280, whole.length))
                .hex();

        assertThat(compare("slice.dcm,\"a, b\",24,1264,59.4,%s\n".formatted(digest)))
                .isZero();
        assertThat(out.toString()).endsWith("match=1 close=0 refused=0 unsupported=0 lenient=0 different=0\n");
        assertThat(compare("slice.dcm,,25,1263,59.4,\ncoded.dcm,,0,1,0.5,\nreport.dcm,,,,,\n"))
                .isZero();
        assertThat(out.toString()).endsWith("match=0 close=1 refused=1 unsupported=1 lenient=0 different=0\n");
        assertThat(compare("slice.dcm,,,,,\n")).isZero();
        assertThat(out.toString()).endsWith("lenient=1 different=0\n");
        for (String wrong : List.of(
                "slice.dcm,,24,1264,59.4,%064d".formatted(0),
                "slice.dcm,,24,1264,61,",
                "slice.dcm,,24,1270,59.4,",
                "report.dcm,,24,1264,59.4,",
                "absent.dcm,,24,1264,59.4,")) {
            assertThat(compare(wrong + "\n")).as(wrong).isEqualTo(ExitCode.SOFTWARE);
            assertThat(out.toString()).endsWith("different=1\n");
        }
    }

    @Test
    void saysWhatIsWrongWithAManifest() throws IOException {
        assertThat(run("--manifest", folder.resolve("absent.csv").toString())).isEqualTo(ExitCode.SOFTWARE);
        Path manifest = folder.resolve("wrong.csv");
        for (String content : List.of("", "file,size\n", HEADER + "a,b\n", HEADER + "\"a\n")) {
            Files.writeString(manifest, content);
            assertThat(run("--manifest", manifest.toString())).isEqualTo(ExitCode.SOFTWARE);
        }
        assertThat(err.toString().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("decode: "))
                .anyMatch(line -> line.contains("lacks one of the columns"));
        assertThat(run()).isEqualTo(ExitCode.USAGE);
    }

    private int compare(String rows) throws IOException {
        Path manifest = folder.resolve("manifest.csv");
        Files.writeString(manifest, HEADER + rows);
        return run("--manifest", manifest.toString());
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine command = new CommandLine(new DecodeCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(Stream.of(arguments).toArray(String[]::new));
    }
}
