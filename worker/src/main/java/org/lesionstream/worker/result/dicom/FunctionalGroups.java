package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.worker.decode.dicom.SlicePlane;
import org.lesionstream.worker.decode.dicom.SlicePlane.Vector;

/** What each frame of a segmentation shows, where it lies and what it was made of (PS3.3, C.7.6.16, C.7.6.17 and A.51.5). */
final class FunctionalGroups {

    private static final DicomCode SEGMENTATION = new DicomCode("DCM", "113076", "Segmentation");
    private static final DicomCode SOURCE_IMAGE =
            new DicomCode("DCM", "121322", "Source image for image processing operation");

    /** Distances and directions, which are mostly the same in all frames. */
    private record Grid(
            PixelSpacing spacing, OptionalDouble thickness, OptionalDouble distance, Vector row, Vector column) {

        Elements addTo(Elements group) {
            Elements measures = new Elements()
                    .decimals(Attribute.PIXEL_SPACING, spacing.rowMillimetres(), spacing.columnMillimetres());
            thickness.ifPresent(millimetres -> measures.decimals(Attribute.SLICE_THICKNESS, millimetres));
            distance.ifPresent(millimetres -> measures.decimals(Attribute.SPACING_BETWEEN_SLICES, millimetres));
            return group.items(Attribute.PIXEL_MEASURES_SEQUENCE, measures)
                    .items(
                            Attribute.PLANE_ORIENTATION_SEQUENCE,
                            new Elements()
                                    .decimals(
                                            Attribute.IMAGE_ORIENTATION_PATIENT,
                                            row.x(),
                                            row.y(),
                                            row.z(),
                                            column.x(),
                                            column.y(),
                                            column.z()));
        }
    }

    private final ResultContext context;
    private final boolean placed;

    private FunctionalGroups(ResultContext context) {
        this.context = context;
        this.placed = context.stack().frameOfReference().isPresent();
    }

    static void describe(Elements dataSet, ResultContext context) {
        new FunctionalGroups(context).describe(dataSet);
    }

    private void describe(Elements dataSet) {
        List<SegmentFrames.Frame> frames = context.frames().list();
        Set<Grid> grids = new HashSet<>();
        if (placed) {
            frames.forEach(frame -> grids.add(grid(frame)));
        }
        Elements shared = new Elements();
        if (grids.size() == 1) {
            grids.iterator().next().addTo(shared);
        }
        List<Elements> groups = new ArrayList<>(frames.size());
        for (SegmentFrames.Frame frame : frames) {
            Elements group = group(frame);
            groups.add(grids.size() > 1 ? grid(frame).addTo(group) : group);
        }
        dataSet.items(Attribute.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared)
                .items(Attribute.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, groups);
        dimensions(dataSet);
    }

    private void dimensions(Elements dataSet) {
        String organization = context.uids().of("dimensions");
        Elements segment = new Elements()
                .pointer(Attribute.DIMENSION_INDEX_POINTER, Attribute.REFERENCED_SEGMENT_NUMBER)
                .pointer(Attribute.FUNCTIONAL_GROUP_POINTER, Attribute.SEGMENT_IDENTIFICATION_SEQUENCE)
                .text(Attribute.DIMENSION_ORGANIZATION_UID, organization)
                .text(Attribute.DIMENSION_DESCRIPTION_LABEL, "Segment Number");
        Elements place = new Elements()
                .pointer(
                        Attribute.DIMENSION_INDEX_POINTER,
                        placed ? Attribute.IMAGE_POSITION_PATIENT : Attribute.IN_STACK_POSITION_NUMBER)
                .pointer(
                        Attribute.FUNCTIONAL_GROUP_POINTER,
                        placed ? Attribute.PLANE_POSITION_SEQUENCE : Attribute.FRAME_CONTENT_SEQUENCE)
                .text(Attribute.DIMENSION_ORGANIZATION_UID, organization)
                .text(Attribute.DIMENSION_DESCRIPTION_LABEL, placed ? "Position in Patient" : "Image Number");
        dataSet.items(
                        Attribute.DIMENSION_ORGANIZATION_SEQUENCE,
                        new Elements().text(Attribute.DIMENSION_ORGANIZATION_UID, organization))
                .items(Attribute.DIMENSION_INDEX_SEQUENCE, segment, place);
    }

    private Elements group(SegmentFrames.Frame frame) {
        Elements content = new Elements().uint32(Attribute.DIMENSION_INDEX_VALUES, frame.label(), frame.place());
        Elements group = new Elements();
        if (placed) {
            Vector position = place(frame).plane().position();
            group.items(
                    Attribute.PLANE_POSITION_SEQUENCE,
                    new Elements()
                            .decimals(Attribute.IMAGE_POSITION_PATIENT, position.x(), position.y(), position.z()));
        } else {
            content.text(Attribute.STACK_ID, "1").uint32(Attribute.IN_STACK_POSITION_NUMBER, frame.place());
        }
        return group.items(Attribute.FRAME_CONTENT_SEQUENCE, content)
                .items(
                        Attribute.SEGMENT_IDENTIFICATION_SEQUENCE,
                        new Elements().uint16(Attribute.REFERENCED_SEGMENT_NUMBER, frame.label()))
                .items(
                        Attribute.DERIVATION_IMAGE_SEQUENCE,
                        new Elements()
                                .items(
                                        Attribute.SOURCE_IMAGE_SEQUENCE,
                                        frame.image()
                                                .reference()
                                                .image()
                                                .code(Attribute.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, SOURCE_IMAGE)
                                                .text(Attribute.SPATIAL_LOCATIONS_PRESERVED, "YES"))
                                .code(Attribute.DERIVATION_CODE_SEQUENCE, SEGMENTATION));
    }

    private Grid grid(SegmentFrames.Frame frame) {
        SourceInstance.Place place = place(frame);
        SlicePlane plane = place.plane();
        OptionalDouble distance = context.stack().distance();
        return new Grid(
                place.spacing(),
                place.thickness().isPresent() ? place.thickness() : distance,
                distance,
                plane.alongRow(),
                plane.alongColumn());
    }

    private static SourceInstance.Place place(SegmentFrames.Frame frame) {
        return frame.image().instance().place(frame.image().frame()).orElseThrow();
    }
}
