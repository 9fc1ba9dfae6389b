package org.lesionstream.worker.decode.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * How far the pixels of a frame are apart, and how the file knows.
 *
 * @param origin what the distances were measured at
 */
public record FrameSpacing(PixelSpacing spacing, Origin origin) {

    /** What distances were measured at. */
    public enum Origin {
        /** In the patient: PixelSpacing. */
        PATIENT,
        /** At the detector of a projection, divided by its estimated magnification where that is told: ImagerPixelSpacing. */
        DETECTOR,
        /** In the tissue that an ultrasound region shows. */
        ULTRASOUND
    }

    private static final int TISSUE = 1;
    private static final int TWO_DIMENSIONAL = 1;
    private static final int CENTIMETRES = 3;
    private static final double TOLERANCE = 1e-3; // of spacings of several ultrasound regions, as a share

    /** The spacing of a frame; absent where the file tells none, an impossible one, or several. Nothing is assumed. */
    static Optional<FrameSpacing> of(FrameAttributes attributes) {
        Optional<PixelSpacing> patient =
                spacing(attributes.group(Tag.PIXEL_MEASURES_SEQUENCE).decimals(Tag.PIXEL_SPACING, 2), 1);
        if (patient.isPresent()) {
            return patient.map(spacing -> new FrameSpacing(spacing, Origin.PATIENT));
        }
        DataSet dataSet = attributes.dataSet();
        List<DataSet> regions = dataSet.items(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS);
        if (!regions.isEmpty()) {
            return ultrasound(regions).map(spacing -> new FrameSpacing(spacing, Origin.ULTRASOUND));
        }
        double magnification =
                dataSet.decimal(Tag.ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR).orElse(1);
        return spacing(dataSet.decimals(Tag.IMAGER_PIXEL_SPACING, 2), magnification)
                .map(spacing -> new FrameSpacing(spacing, Origin.DETECTOR));
    }

    /** That of all regions that show tissue, if it is one. */
    private static Optional<PixelSpacing> ultrasound(List<DataSet> regions) {
        List<Optional<PixelSpacing>> spacings = regions.stream()
                .filter(region -> number(region, Tag.REGION_SPATIAL_FORMAT) == TWO_DIMENSIONAL
                        && number(region, Tag.REGION_DATA_TYPE) == TISSUE)
                .map(FrameSpacing::ofRegion)
                .toList();
        if (spacings.isEmpty() || spacings.get(0).isEmpty()) {
            return Optional.empty();
        }
        PixelSpacing first = spacings.get(0).get();
        boolean alike = spacings.stream()
                .allMatch(other -> other.isPresent()
                        && near(first.rowMillimetres(), other.get().rowMillimetres())
                        && near(first.columnMillimetres(), other.get().columnMillimetres()));
        return alike ? Optional.of(first) : Optional.empty();
    }

    private static Optional<PixelSpacing> ofRegion(DataSet region) {
        OptionalDouble x = region.float64(Tag.PHYSICAL_DELTA_X);
        OptionalDouble y = region.float64(Tag.PHYSICAL_DELTA_Y);
        if (x.isEmpty()
                || y.isEmpty()
                || number(region, Tag.PHYSICAL_UNITS_X_DIRECTION) != CENTIMETRES
                || number(region, Tag.PHYSICAL_UNITS_Y_DIRECTION) != CENTIMETRES) {
            return Optional.empty();
        }
        double[] millimetres = {10 * Math.abs(y.getAsDouble()), 10 * Math.abs(x.getAsDouble())};
        return spacing(Optional.of(millimetres), 1);
    }

    private static int number(DataSet region, int tag) {
        return region.integer(tag).orElse(-1);
    }

    private static Optional<PixelSpacing> spacing(Optional<double[]> rowsAndColumns, double divisor) {
        return rowsAndColumns
                .map(pair -> new double[] {pair[0] / divisor, pair[1] / divisor})
                .filter(pair -> pair[0] > 0 && pair[1] > 0 && Double.isFinite(pair[0]) && Double.isFinite(pair[1]))
                .map(pair -> new PixelSpacing(pair[0], pair[1]));
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * one;
    }
}
