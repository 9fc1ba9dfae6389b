package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.SpatialDiameter;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.lesion.VolumeMeasurer;
import org.lesionstream.schemas.lesion.VolumeNeighbourhood;
import org.lesionstream.schemas.lesion.VolumeRegion;

/** Measures the slices of a reference file and compares every region of the volume with what the file expects. */
final class ReferenceVolume {
    private final JsonNode reference;
    private final List<LabelMask> slices;
    private final Optional<VoxelSpacing> spacing;
    private final ReferenceTally tally;

    private ReferenceVolume(
            JsonNode reference, List<LabelMask> slices, Optional<VoxelSpacing> spacing, ReferenceTally tally) {
        this.reference = reference;
        this.slices = slices;
        this.spacing = spacing;
        this.tally = tally;
    }

    static void check(Path folder, JsonNode reference, ReferenceTally tally) throws IOException {
        List<LabelMask> slices = new ArrayList<>();
        for (JsonNode slice : reference.get("slices")) {
            slices.add(MaskPng.decode(Files.readAllBytes(folder.resolve(slice.asText()))));
        }
        JsonNode millimetres = reference.get("spacing_mm");
        Optional<VoxelSpacing> spacing = ReferenceImage.spacing(millimetres)
                .map(pixel -> new VoxelSpacing(millimetres.get("slice").asDouble(), pixel));
        new ReferenceVolume(reference, slices, spacing, tally).check();
    }

    private void check() {
        tally.same("depth", reference.get("depth"), slices.size());
        tally.same("height", reference.get("height"), slices.get(0).height());
        tally.same("width", reference.get("width"), slices.get(0).width());
        VolumeMeasurer measurer = fed(new VolumeMeasurer(
                slices.size(), slices.get(0).height(), slices.get(0).width(), LesionRules.ALL, spacing));
        List<VolumeLesion> lesions = measurer.lesions();
        List<VolumeRegion> regions = measurer.regions();
        List<VolumeRegion> eighteen = regions(VolumeNeighbourhood.EIGHTEEN, slices);
        List<VolumeRegion> six = regions(VolumeNeighbourhood.SIX, slices);
        checkForeground();
        for (JsonNode expected : reference.get("classes")) {
            checkClass(expected, lesions, eighteen, six);
        }
        checkList("regions_18", reference.get("regions_18"), eighteen);
        checkList("regions_6", reference.get("regions_6"), six);
        tally.same("regions", reference.get("regions").size() == lesions.size());
        for (int i = 0; i < Math.min(lesions.size(), reference.get("regions").size()); i++) {
            tally.region();
            check("region " + (i + 1) + " ", reference.get("regions").get(i), lesions.get(i), regions.get(i));
        }
    }

    private void checkForeground() {
        List<LabelMask> joined = new ArrayList<>();
        long voxels = 0;
        for (LabelMask slice : slices) {
            byte[] labels = slice.labels().clone();
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (byte) (labels[i] == 0 ? 0 : 1);
                voxels += labels[i];
            }
            joined.add(new LabelMask(slice.height(), slice.width(), labels));
        }
        tally.same("foreground_voxels", reference.get("foreground_voxels"), voxels);
        tally.same(
                "foreground_components_26",
                reference.get("foreground_components_26"),
                regions(VolumeNeighbourhood.TWENTY_SIX, joined).size());
        tally.same(
                "foreground_components_18",
                reference.get("foreground_components_18"),
                regions(VolumeNeighbourhood.EIGHTEEN, joined).size());
        tally.same(
                "foreground_components_6",
                reference.get("foreground_components_6"),
                regions(VolumeNeighbourhood.SIX, joined).size());
    }

    private void checkClass(
            JsonNode expected, List<VolumeLesion> lesions, List<VolumeRegion> eighteen, List<VolumeRegion> six) {
        int label = expected.get("label").asInt();
        String what = "class " + label + " ";
        List<VolumeLesion> own =
                lesions.stream().filter(lesion -> lesion.label() == label).toList();
        long voxels = own.stream().mapToLong(VolumeLesion::voxels).sum();
        tally.same(what + "regions_26", expected.get("regions_26"), own.size());
        tally.same(what + "regions_18", expected.get("regions_18"), count(eighteen, label));
        tally.same(what + "regions_6", expected.get("regions_6"), count(six, label));
        tally.same(what + "voxels", expected.get("voxels"), voxels);
        tally.close(
                what + "volume_mm3",
                expected.get("volume_mm3"),
                spacing.map(known -> voxels * known.voxelCubicMillimetres()));
    }

    private void checkList(String what, JsonNode expected, List<VolumeRegion> regions) {
        tally.same(what, expected.size() == regions.size());
        for (int i = 0; i < Math.min(expected.size(), regions.size()); i++) {
            VolumeRegion region = regions.get(i);
            String which = what + "[" + i + "] ";
            tally.same(which + "label", expected.get(i).get("label"), region.label());
            tally.same(
                    which + "first_voxel",
                    expected.get(i).get("first_voxel"),
                    region.firstSlice(),
                    region.firstRow(),
                    region.firstColumn());
            tally.same(which + "voxels", expected.get(i).get("voxels"), region.voxels());
        }
    }

    private void check(String what, JsonNode expected, VolumeLesion lesion, VolumeRegion region) {
        tally.same(what + "label", expected.get("label"), lesion.label());
        tally.same(
                what + "first_voxel",
                expected.get("first_voxel"),
                region.firstSlice(),
                region.firstRow(),
                region.firstColumn());
        tally.same(what + "voxels", expected.get("voxels"), lesion.voxels());
        tally.close(what + "volume_mm3", expected.get("volume_mm3"), lesion.volumeCubicMillimetres());
        tally.close(what + "centroid slice", expected.get("centroid").get(0), lesion.centroidSlice());
        tally.close(what + "centroid row", expected.get("centroid").get(1), lesion.centroidRow());
        tally.close(what + "centroid column", expected.get("centroid").get(2), lesion.centroidColumn());
        tally.same(
                what + "bbox",
                expected.get("bbox"),
                lesion.minSlice(),
                lesion.minRow(),
                lesion.minColumn(),
                lesion.maxSlice(),
                lesion.maxRow(),
                lesion.maxColumn());
        tally.same(what + "touches_border", expected.get("touches_border"), lesion.touchesBorder());
        tally.same(what + "slice_count", expected.get("slice_count"), lesion.slices());
        JsonNode largest = expected.get("largest_slice");
        tally.same(what + "largest_slice", largest.get("index"), lesion.largestSlice());
        tally.same(what + "largest_slice area_px", largest.get("area_px"), lesion.largestSliceAreaPixels());
        tally.close(
                what + "largest_slice area_mm2", largest.get("area_mm2"), lesion.largestSliceAreaSquareMillimetres());
        tally.close(
                what + "equivalent_sphere_diameter_mm",
                expected.get("equivalent_sphere_diameter_mm"),
                lesion.equivalentDiameterMillimetres());
        checkDiameters(what, expected.get("max_diameter"), lesion, region);
    }

    private void checkDiameters(String what, JsonNode expected, VolumeLesion lesion, VolumeRegion region) {
        tally.close(
                what + "longest diameter", expected.get("corners_voxel").get("max"), lesion.longestDiameterVoxels());
        check(what + "corners_voxel ", expected.get("corners_voxel"), region.cornerDiameter(1, 1, 1), 0.5);
        check(what + "centres_voxel ", expected.get("centres_voxel"), region.centreDiameter(1, 1, 1), 0);
        if (spacing.isEmpty()) {
            tally.close(what + "corners_mm", expected.get("corners_mm"), Optional.empty());
            tally.close(what + "centres_mm", expected.get("centres_mm"), lesion.longestDiameterMillimetres());
            return;
        }
        double slice = spacing.get().sliceMillimetres();
        double row = spacing.get().pixel().rowMillimetres();
        double column = spacing.get().pixel().columnMillimetres();
        tally.close(
                what + "longest diameter mm",
                expected.get("corners_mm").get("max"),
                lesion.longestDiameterMillimetres());
        check(what + "corners_mm ", expected.get("corners_mm"), region.cornerDiameter(slice, row, column), 0.5);
        check(what + "centres_mm ", expected.get("centres_mm"), region.centreDiameter(slice, row, column), 0);
    }

    private void check(String what, JsonNode expected, SpatialDiameter diameter, double shift) {
        tally.close(what + "max", expected.get("max"), diameter.longest());
        tally.same(what + "ties", expected.get("ties"), diameter.ties());
        if (expected.get("ties").asInt() == 1) {
            for (int i = 0; i < 3; i++) {
                tally.close(
                        what + "end",
                        expected.get("ends").get(0).get(i),
                        diameter.first().get(i) - shift);
                tally.close(
                        what + "end",
                        expected.get("ends").get(1).get(i),
                        diameter.second().get(i) - shift);
            }
        }
    }

    private List<VolumeRegion> regions(VolumeNeighbourhood neighbourhood, List<LabelMask> masks) {
        VolumeMeasurer measurer = new VolumeMeasurer(
                masks.size(), masks.get(0).height(), masks.get(0).width(), neighbourhood, spacing);
        for (int slice = 0; slice < masks.size(); slice++) {
            measurer.add(slice, masks.get(slice));
        }
        return measurer.regions();
    }

    private VolumeMeasurer fed(VolumeMeasurer measurer) {
        for (int slice = 0; slice < slices.size(); slice++) {
            measurer.add(slice, slices.get(slice));
        }
        return measurer;
    }

    private static long count(List<VolumeRegion> regions, int label) {
        return regions.stream().filter(region -> region.label() == label).count();
    }
}
