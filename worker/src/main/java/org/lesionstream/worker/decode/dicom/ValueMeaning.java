package org.lesionstream.worker.decode.dicom;

import java.util.Optional;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * What grey values mean and how they are shown: the modality transformation (PS3.3, C.11.1) and the first window (C.11.2).
 *
 * <p>Not applied: VOI look-up tables, and the curve of SIGMOID windows, which are taken as straight lines of the same centre and width.
 *
 * @param table takes the place of {@code rescale} where it is present
 * @param window in the units of the rescaled values
 */
record ValueMeaning(Rescale rescale, Optional<LookUpTable> table, Optional<IntensityRule.Window> window) {

    private static final double LARGEST = 1e30; // beyond every unit; keeps sums and products finite

    static ValueMeaning of(FrameAttributes attributes, boolean signed) {
        Optional<LookUpTable> table = attributes
                .dataSet()
                .item(Tag.MODALITY_LUT_SEQUENCE)
                .map(item -> LookUpTable.of(item, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, signed));
        DataSet window = attributes.group(Tag.FRAME_VOI_LUT_SEQUENCE);
        return new ValueMeaning(table.isPresent() ? Rescale.NONE : rescale(attributes), table, window(window));
    }

    private static Rescale rescale(FrameAttributes attributes) {
        DataSet holder = attributes.group(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
        double slope = holder.decimal(Tag.RESCALE_SLOPE).orElse(1);
        double intercept = holder.decimal(Tag.RESCALE_INTERCEPT).orElse(0);
        if (slope == 0 || Math.abs(slope) > LARGEST || Math.abs(intercept) > LARGEST) {
            throw Refusal.damaged("a rescale slope of 0 or numbers beyond " + LARGEST);
        }
        return new Rescale(slope, intercept);
    }

    private static Optional<IntensityRule.Window> window(DataSet holder) {
        Optional<double[]> centres = holder.decimals(Tag.WINDOW_CENTER, 1);
        Optional<double[]> widths = holder.decimals(Tag.WINDOW_WIDTH, 1);
        if (centres.isEmpty() || widths.isEmpty()) {
            return Optional.empty();
        }
        double centre = centres.get()[0];
        double width = widths.get()[0];
        if (holder.text(Tag.VOI_LUT_FUNCTION).orElse("LINEAR").equals("LINEAR")) { // C.11.2.1.2.1
            centre -= 0.5;
            width -= 1;
        }
        return window(centre - width / 2, centre + width / 2);
    }

    /** A window; none where nothing lies between its ends. */
    static Optional<IntensityRule.Window> window(double low, double high) {
        return low < high && Double.isFinite(low) && Double.isFinite(high)
                ? Optional.of(new IntensityRule.Window(low, high))
                : Optional.empty();
    }
}
