package org.lesionstream.worker.result.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.ShapeMeasures;
import org.lesionstream.schemas.lesion.VolumeLesion;

/**
 * One measured value of a lesion: in millimetres where the distance of the pixels is known, else in pixels.
 *
 * @param concept what was measured
 * @param unit in UCUM
 * @param derivation how it comes from several values; absent where it is one
 */
record Measure(DicomCode concept, double value, DicomCode unit, Optional<DicomCode> derivation) {

    private static final DicomCode AREA = new DicomCode("SCT", "42798000", "Area");
    private static final DicomCode VOLUME = new DicomCode("SCT", "118565006", "Volume");
    private static final DicomCode LONG_AXIS = new DicomCode("SCT", "103339001", "Long Axis");
    private static final DicomCode SHORT_AXIS = new DicomCode("SCT", "103340004", "Short Axis");
    private static final DicomCode MAXIMUM = new DicomCode("SCT", "56851009", "Maximum");

    private static final DicomCode MILLIMETRES = new DicomCode("UCUM", "mm", "millimeter");
    private static final DicomCode SQUARE_MILLIMETRES = new DicomCode("UCUM", "mm2", "square millimeter");
    private static final DicomCode CUBIC_MILLIMETRES = new DicomCode("UCUM", "mm3", "cubic millimeter");
    private static final DicomCode PIXELS = new DicomCode("UCUM", "{pixels}", "pixels");
    private static final DicomCode VOXELS = new DicomCode("UCUM", "{voxels}", "voxels");

    /** Area, longest diameter and the one across it; results from before diameters were measured have the area alone. */
    static List<Measure> of(LesionStatistics lesion) {
        List<Measure> measures = new ArrayList<>();
        measures.add(
                of(AREA, lesion.areaSquareMillimetres(), SQUARE_MILLIMETRES, (double) lesion.areaPixels(), PIXELS));
        if (lesion.shape().isPresent()) {
            LesionShape shape = lesion.shape().get();
            Optional<ShapeMeasures> millimetres = shape.millimetres();
            measures.add(of(
                    LONG_AXIS,
                    millimetres.map(ShapeMeasures::longestDiameter),
                    MILLIMETRES,
                    shape.pixels().longestDiameter(),
                    PIXELS));
            measures.add(of(
                    SHORT_AXIS,
                    millimetres.map(ShapeMeasures::perpendicularDiameter),
                    MILLIMETRES,
                    shape.pixels().perpendicularDiameter(),
                    PIXELS));
        }
        return List.copyOf(measures);
    }

    /** Volume, longest diameter, and the area in the slice that shows most of it. */
    static List<Measure> of(VolumeLesion lesion) {
        Measure area = of(
                AREA,
                lesion.largestSliceAreaSquareMillimetres(),
                SQUARE_MILLIMETRES,
                (double) lesion.largestSliceAreaPixels(),
                PIXELS);
        return List.of(
                of(VOLUME, lesion.volumeCubicMillimetres(), CUBIC_MILLIMETRES, (double) lesion.voxels(), VOXELS),
                of(LONG_AXIS, lesion.longestDiameterMillimetres(), MILLIMETRES, lesion.longestDiameterVoxels(), VOXELS),
                new Measure(area.concept, area.value, area.unit, Optional.of(MAXIMUM)));
    }

    private static Measure of(
            DicomCode concept, Optional<Double> millimetres, DicomCode unit, double pixels, DicomCode otherUnit) {
        return millimetres
                .map(value -> new Measure(concept, value, unit, Optional.empty()))
                .orElseGet(() -> new Measure(concept, pixels, otherUnit, Optional.empty()));
    }
}
