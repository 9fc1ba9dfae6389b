package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.ConvexHull;
import org.lesionstream.schemas.lesion.FeretDiameter;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.Neighbourhood;
import org.lesionstream.schemas.lesion.Region;
import org.lesionstream.schemas.lesion.RegionMoments;
import org.lesionstream.schemas.lesion.RegionOutline;
import org.lesionstream.schemas.lesion.ShapeMeasures;

/** Measures the mask of a reference file and compares every region with what the file expects. */
final class ReferenceImage {
    private final JsonNode reference;
    private final LabelMask mask;
    private final Optional<PixelSpacing> spacing;
    private final ReferenceTally tally;

    private ReferenceImage(JsonNode reference, LabelMask mask, Optional<PixelSpacing> spacing, ReferenceTally tally) {
        this.reference = reference;
        this.mask = mask;
        this.spacing = spacing;
        this.tally = tally;
    }

    static void check(Path folder, JsonNode reference, ReferenceTally tally) throws IOException {
        LabelMask mask = MaskPng.decode(
                Files.readAllBytes(folder.resolve(reference.get("mask").asText())));
        Optional<PixelGrid> grey = reference.get("grey").isNull()
                ? Optional.empty()
                : Optional.of(PlainDecoder.decode(
                        Files.readAllBytes(folder.resolve(reference.get("grey").asText())), DecodeLimits.DEFAULT));
        new ReferenceImage(reference, mask, spacing(reference.get("spacing_mm")), tally).check(grey);
    }

    static Optional<PixelSpacing> spacing(JsonNode millimetres) {
        return millimetres.isNull()
                ? Optional.empty()
                : Optional.of(new PixelSpacing(
                        millimetres.get("row").asDouble(),
                        millimetres.get("col").asDouble()));
    }

    private void check(Optional<PixelGrid> grey) {
        List<Region> regions = ConnectedComponents.of(mask);
        List<LesionStatistics> lesions = LesionMeasurer.measure(regions, mask, new byte[0], spacing, grey);
        tally.same("height", reference.get("height"), mask.height());
        tally.same("width", reference.get("width"), mask.width());
        tally.same("regions_total", reference.get("regions_total"), regions.size());
        checkForeground();
        for (JsonNode expected : reference.get("classes")) {
            checkClass(expected, lesions);
        }
        if (regions.size() == reference.get("regions_total").asInt()) {
            for (JsonNode expected : reference.get("regions")) {
                int index = expected.get("index").asInt();
                tally.region();
                check("region " + index + " ", expected, lesions.get(index - 1), regions.get(index - 1));
            }
        }
    }

    private void checkForeground() {
        byte[] joined = mask.labels().clone();
        long pixels = 0;
        for (int i = 0; i < joined.length; i++) {
            if (joined[i] != 0) {
                joined[i] = 1;
                pixels++;
            }
        }
        LabelMask one = new LabelMask(mask.height(), mask.width(), joined);
        tally.same("foreground_px", reference.get("foreground_px"), pixels);
        tally.same(
                "foreground_components_8",
                reference.get("foreground_components_8"),
                ConnectedComponents.of(one).size());
        tally.same(
                "foreground_components_4",
                reference.get("foreground_components_4"),
                ConnectedComponents.of(one, Neighbourhood.FOUR).size());
    }

    private void checkClass(JsonNode expected, List<LesionStatistics> lesions) {
        int label = expected.get("label").asInt();
        String what = "class " + label + " ";
        List<LesionStatistics> own =
                lesions.stream().filter(lesion -> lesion.label() == label).toList();
        long area = own.stream().mapToLong(LesionStatistics::areaPixels).sum();
        tally.same(what + "regions", expected.get("regions"), own.size());
        tally.same(
                what + "regions_4",
                expected.get("regions_4"),
                ConnectedComponents.of(mask, Neighbourhood.FOUR).stream()
                        .filter(region -> region.label() == label)
                        .count());
        tally.same(what + "area_px", expected.get("area_px"), area);
        tally.close(
                what + "area_mm2",
                expected.get("area_mm2"),
                spacing.map(known -> area * known.pixelSquareMillimetres()));
    }

    private void check(String what, JsonNode expected, LesionStatistics lesion, Region region) {
        LesionShape shape = lesion.shape().orElseThrow();
        RegionMoments moments = RegionMoments.of(region);
        RegionOutline outline = RegionOutline.of(region);
        tally.same(what + "label", expected.get("label"), lesion.label());
        tally.same(what + "first_pixel", expected.get("first_pixel"), region.row(0), region.start(0));
        tally.same(what + "area_px", expected.get("area_px"), lesion.areaPixels());
        tally.close(what + "area_mm2", expected.get("area_mm2"), lesion.areaSquareMillimetres());
        tally.close(what + "centroid row", expected.get("centroid").get(0), lesion.centroidRow());
        tally.close(what + "centroid column", expected.get("centroid").get(1), lesion.centroidColumn());
        tally.same(
                what + "bbox",
                expected.get("bbox"),
                lesion.minRow(),
                lesion.minColumn(),
                lesion.maxRow(),
                lesion.maxColumn());
        tally.same(what + "touches_border", expected.get("touches_border"), shape.touchesBorder());
        JsonNode second = expected.get("second_moments_px");
        tally.close(what + "m_rr", second.get(0), moments.rowVariance());
        tally.close(what + "m_rc", second.get(1), moments.covariance());
        tally.close(what + "m_cc", second.get(2), moments.columnVariance());
        tally.same(
                what + "crofton_runs",
                expected.get("crofton_runs"),
                outline.horizontal(),
                outline.vertical(),
                outline.down(),
                outline.up());
        tally.same(what + "holes", expected.get("holes"), shape.holes());
        tally.same(what + "euler_number", expected.get("euler_number"), 1 - shape.holes());
        tally.close(what + "convex_area_px", expected.get("convex_area_px"), shape.convexAreaPixels());
        tally.close(what + "solidity", expected.get("solidity"), shape.solidity());
        check(what, expected, "_px", Optional.of(shape.pixels()));
        check(what, expected, "_mm", shape.millimetres());
        tally.same(what + "hole_area_px", expected.get("hole_area_px"), (long)
                shape.pixels().holeArea());
        tally.close(
                what + "hole_area_mm2",
                expected.get("hole_area_mm2"),
                shape.millimetres().map(ShapeMeasures::holeArea));
        checkFeret(what, expected.get("feret"), region, shape);
        checkIntensity(what, expected.get("intensity"), lesion);
    }

    private void check(String what, JsonNode expected, String unit, Optional<ShapeMeasures> measured) {
        for (String each : List.of("equivalent_diameter", "major_axis", "minor_axis", "eccentricity", "perimeter")) {
            if (measured.isEmpty()) {
                tally.close(what + each + unit, expected.get(each + unit), Optional.empty());
            }
        }
        measured.ifPresent(shape -> {
            tally.close(
                    what + "equivalent_diameter" + unit,
                    expected.get("equivalent_diameter" + unit),
                    shape.equivalentDiameter());
            tally.close(what + "major_axis" + unit, expected.get("major_axis" + unit), shape.majorAxis());
            tally.closeSquared(
                    what + "minor_axis" + unit,
                    expected.get("minor_axis" + unit),
                    shape.minorAxis(),
                    shape.majorAxis());
            tally.closeSquared(
                    what + "eccentricity" + unit, expected.get("eccentricity" + unit), shape.eccentricity(), 1);
            tally.close(what + "perimeter" + unit, expected.get("perimeter" + unit), shape.perimeter());
        });
        tally.closeAngle(
                what + "orientation" + unit,
                expected.get("orientation" + unit),
                measured.flatMap(ShapeMeasures::orientation),
                measured.map(ShapeMeasures::eccentricity).orElse(0.0));
    }

    private void checkFeret(String what, JsonNode expected, Region region, LesionShape shape) {
        ConvexHull corners = ConvexHull.corners(region);
        ConvexHull centres = ConvexHull.centres(region);
        check(what + "corners_px ", expected.get("corners_px"), corners, 0.5, 1, 1);
        check(what + "centres_px ", expected.get("centres_px"), centres, 0, 1, 1);
        if (spacing.isEmpty()) {
            tally.close(what + "corners_mm", expected.get("corners_mm"), Optional.empty());
            tally.close(what + "centres_mm", expected.get("centres_mm"), Optional.empty());
        } else {
            double row = spacing.get().rowMillimetres();
            double column = spacing.get().columnMillimetres();
            check(what + "corners_mm ", expected.get("corners_mm"), corners, 0.5, row, column);
            check(what + "centres_mm ", expected.get("centres_mm"), centres, 0, row, column);
            reported(what, expected.get("corners_mm"), shape.millimetres().orElseThrow());
        }
        reported(what, expected.get("corners_px"), shape.pixels());
    }

    /** What is stored and published. */
    private void reported(String what, JsonNode expected, ShapeMeasures measured) {
        tally.close(what + "longest diameter", expected.get("max"), measured.longestDiameter());
        tally.close(what + "perpendicular diameter", expected.get("perpendicular"), measured.perpendicularDiameter());
        tally.close(what + "shortest diameter", expected.get("min_caliper"), measured.shortestDiameter());
    }

    private void check(String what, JsonNode expected, ConvexHull hull, double shift, double row, double column) {
        FeretDiameter feret = FeretDiameter.of(hull, row, column);
        tally.close(what + "max", expected.get("max"), feret.longest());
        tally.same(what + "ties", expected.get("ties"), feret.ties());
        tally.close(what + "min_caliper", expected.get("min_caliper"), feret.shortest());
        tally.close(what + "perpendicular", expected.get("perpendicular"), feret.perpendicular());
        tally.close(what + "perpendicular_lowest", expected.get("perpendicular_lowest"), feret.perpendicularLowest());
        if (expected.get("ties").asInt() == 1 && hull.vertices() > 1) {
            for (int vertex : new int[] {feret.first(), feret.second()}) {
                JsonNode end = expected.get("ends").get(vertex == feret.first() ? 0 : 1);
                tally.close(what + "end row", end.get(0), hull.rows()[vertex] - shift);
                tally.close(what + "end column", end.get(1), hull.columns()[vertex] - shift);
            }
        }
    }

    private void checkIntensity(String what, JsonNode expected, LesionStatistics lesion) {
        if (expected.isNull()) {
            tally.close(what + "intensity", expected, lesion.intensity().map(known -> known.mean()));
            return;
        }
        lesion.intensity().ifPresent(measured -> {
            tally.close(what + "intensity mean", expected.get("mean"), measured.mean());
            tally.close(what + "intensity min", expected.get("min"), measured.min());
            tally.close(what + "intensity max", expected.get("max"), measured.max());
            tally.close(what + "intensity std", expected.get("std"), measured.standardDeviation());
        });
    }
}
