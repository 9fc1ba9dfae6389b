package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.testing.SharedFolder;

/** Every two-dimensional case of the reference measurements, region by region, where the reference data is at hand. */
class ReferenceLesionsTest {

    @Test
    void findsAndMeasuresEveryRegionOfTheReference() throws IOException {
        Path folder = SharedFolder.path("golden/lesions/2d");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> cases =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(cases).hasSizeGreaterThanOrEqualTo(74);
            for (Path file : cases) {
                check(folder, new ObjectMapper().readTree(file.toFile()));
            }
        }
    }

    private static void check(Path folder, JsonNode reference) throws IOException {
        LabelMask mask = MaskPng.decode(
                Files.readAllBytes(folder.resolve(reference.get("mask").asText())));
        JsonNode millimetres = reference.get("spacing_mm");
        Optional<PixelSpacing> spacing = millimetres.isNull()
                ? Optional.empty()
                : Optional.of(new PixelSpacing(
                        millimetres.get("row").asDouble(),
                        millimetres.get("col").asDouble()));
        List<Region> regions = ConnectedComponents.of(mask);
        List<LesionStatistics> lesions = LesionMeasurer.measure(regions, mask, new byte[0], spacing, Optional.empty());
        String name = reference.get("case").asText();
        assertThat(lesions).as(name).hasSize(reference.get("regions_total").asInt());
        for (JsonNode wanted : reference.get("regions")) {
            int index = wanted.get("index").asInt();
            check(name + " region " + index, wanted, lesions.get(index - 1), regions.get(index - 1));
        }
    }

    private static void check(String name, JsonNode wanted, LesionStatistics lesion, Region region) {
        assertThat(lesion.label()).as(name).isEqualTo(wanted.get("label").asInt());
        assertThat(List.of(region.row(0), region.start(0))).as(name).isEqualTo(integers(wanted.get("first_pixel")));
        assertThat(lesion.areaPixels()).as(name).isEqualTo(wanted.get("area_px").asLong());
        assertThat(List.of(lesion.minRow(), lesion.minColumn(), lesion.maxRow(), lesion.maxColumn()))
                .as(name)
                .isEqualTo(integers(wanted.get("bbox")));
        close(name, lesion.centroidRow(), wanted.get("centroid").get(0).asDouble());
        close(name, lesion.centroidColumn(), wanted.get("centroid").get(1).asDouble());
        JsonNode area = wanted.get("area_mm2");
        assertThat(lesion.areaSquareMillimetres().isPresent()).as(name).isEqualTo(!area.isNull());
        lesion.areaSquareMillimetres().ifPresent(measured -> close(name, measured, area.asDouble()));
    }

    private static void close(String name, double measured, double wanted) {
        assertThat(measured).as(name).isCloseTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted))));
    }

    private static List<Integer> integers(JsonNode array) {
        return Stream.iterate(0, i -> i + 1)
                .limit(array.size())
                .map(i -> array.get(i).asInt())
                .toList();
    }
}
