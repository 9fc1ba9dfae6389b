package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import picocli.CommandLine;

class LesionsCommandTest {
    private static final Path REFERENCE = Path.of("..", "..", "shared", "golden", "lesions");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void findsEveryValueOfEveryReferenceWithinItsTolerance() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(REFERENCE), "the reference lesions are not there: " + REFERENCE);
        List<String> files = new ArrayList<>();
        for (String kind : List.of("2d", "3d")) {
            try (Stream<Path> found = Files.list(REFERENCE.resolve(kind))) {
                found.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> files.add(file.toString()));
            }
        }

        assertThat(run(files)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("lesions: files=83 regions=1543 ").endsWith("failed=0\n");
    }

    @Test
    void saysWhichValueOfWhichRegionIsNotAsExpected() throws IOException {
        volume(7, 2);

        assertThat(run(List.of(folder.resolve("a.json").toString()))).isOne();
        assertThat(out.toString())
                .contains("FAIL")
                .contains("region 1 voxels is 2, expected 7")
                .endsWith("failed=1\n");
    }

    @Test
    void isContentWithWhatIsAsExpected() throws IOException {
        volume(2, 2);

        assertThat(run(List.of(folder.resolve("a.json").toString())))
                .as(out.toString())
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(run(List.of("--json", folder.resolve("a.json").toString()))).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).at("/files/0/ok").asBoolean())
                .isTrue();
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        Files.writeString(folder.resolve("b.json"), "{\"kind\":\"4d\"}");
        Files.writeString(folder.resolve("c.json"), "{\"kind\":\"2d\",\"mask\":\"nowhere.png\"}");

        assertThat(run(List.of(folder.resolve("b.json").toString()))).isOne();
        assertThat(err.toString()).contains("b.json: is no reference file: its field kind is neither 2d nor 3d");
        assertThat(run(List.of(folder.resolve("c.json").toString()))).isOne();
        assertThat(err.toString()).contains("c.json needs ").contains("nowhere.png, which is not there");
        assertThat(run(List.of())).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    /** A volume of two voxels, one upon the other, whose expectations are written by hand. */
    private void volume(int voxels, int count) throws IOException {
        byte[] png = MaskPng.encode(new LabelMask(3, 3, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0}), 1);
        Files.write(folder.resolve("0.png"), png);
        Files.write(folder.resolve("1.png"), png);
        Map<String, Object> region = Map.of("label", 1, "first_voxel", List.of(0, 1, 1), "voxels", count);
        Files.writeString(
                folder.resolve("a.json"), """
                {"kind":"3d","slices":["0.png","1.png"],"depth":2,"height":3,"width":3,"spacing_mm":null,
                 "foreground_voxels":2,"foreground_components_26":1,"foreground_components_18":1,
                 "foreground_components_6":1,
                 "classes":[{"label":1,"regions_26":1,"regions_18":1,"regions_6":1,"voxels":2,"volume_mm3":null}],
                 "regions_18":[%1$s],"regions_6":[%1$s],
                 "regions":[{"label":1,"first_voxel":[0,1,1],"voxels":%2$d,"volume_mm3":null,"centroid":[0.5,1,1],
                   "bbox":[0,1,1,2,2,2],"touches_border":true,"slice_count":2,
                   "largest_slice":{"index":0,"area_px":1,"area_mm2":null},"equivalent_sphere_diameter_mm":null,
                   "max_diameter":{
                     "corners_voxel":{"max":2.449489742783178,"ties":4},"corners_mm":null,
                     "centres_voxel":{"max":1,"ties":1,"ends":[[0,1,1],[1,1,1]]},"centres_mm":null}}]}
                """.formatted(new ObjectMapper().writeValueAsString(region), voxels));
    }

    private int run(List<String> arguments) {
        CommandLine command = new CommandLine(new LesionsCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments.toArray(String[]::new));
    }
}
