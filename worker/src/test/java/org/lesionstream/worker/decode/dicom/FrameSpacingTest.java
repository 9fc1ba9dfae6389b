package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.decode.dicom.Objects.bytes;
import static org.lesionstream.worker.decode.dicom.Objects.grey;
import static org.lesionstream.worker.decode.dicom.Objects.picture;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.worker.decode.dicom.FrameSpacing.Origin;

class FrameSpacingTest {

    @Test
    void takesTheSpacingInThePatientFirst() {
        DicomPicture picture = with(writer ->
                writer.text(Tag.IMAGER_PIXEL_SPACING, "DS", "0.2\\0.2").text(Tag.PIXEL_SPACING, "DS", "0.5\\0.25"));

        assertThat(picture.spacing(0)).hasValue(new FrameSpacing(new PixelSpacing(0.5, 0.25), Origin.PATIENT));
        assertThat(picture.grid(0).spacing()).hasValue(new PixelSpacing(0.5, 0.25));
    }

    @Test
    void takesTheSpacingOfTheDetectorAndItsMagnification() {
        assertThat(with(writer -> writer.text(Tag.IMAGER_PIXEL_SPACING, "DS", "0.2\\0.1"))
                        .spacing(0))
                .hasValue(new FrameSpacing(new PixelSpacing(0.2, 0.1), Origin.DETECTOR));
        assertThat(with(writer -> writer.text(Tag.ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR, "DS", "2")
                                .text(Tag.IMAGER_PIXEL_SPACING, "DS", "0.2\\0.1"))
                        .spacing(0))
                .hasValue(new FrameSpacing(new PixelSpacing(0.1, 0.05), Origin.DETECTOR));
    }

    @Test
    void takesTheSpacingOfUltrasoundRegionsOfTissue() {
        Consumer<DicomWriter> tissue = region(1, 1, 3, 0.025, 0.05);
        Consumer<DicomWriter> doppler = region(3, 4, 4, 0.1, 0.1);
        Consumer<DicomWriter> other = region(1, 1, 3, 0.03, 0.05);
        Consumer<DicomWriter> unmeasured = region(1, 1, 0, 0.03, 0.05);

        assertThat(with(writer -> writer.sequence(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, doppler, tissue, tissue))
                        .spacing(0))
                .hasValue(new FrameSpacing(new PixelSpacing(0.5, 0.25), Origin.ULTRASOUND));
        assertThat(with(writer -> writer.sequence(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, tissue, other))
                        .spacing(0))
                .isEmpty();
        assertThat(with(writer -> writer.sequence(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, unmeasured))
                        .spacing(0))
                .isEmpty();
        assertThat(with(writer -> writer.sequence(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, doppler))
                        .spacing(0))
                .isEmpty();
    }

    @Test
    void takesTheSpacingOfTheFrame() {
        DicomPicture picture = picture(grey(1, 1, 8, 8, false)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .sequence(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        shared -> shared.sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE, item -> item.text(Tag.PIXEL_SPACING, "DS", "1\\1")))
                .sequence(
                        Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        frame -> {},
                        frame -> frame.sequence(
                                Tag.PIXEL_MEASURES_SEQUENCE, item -> item.text(Tag.PIXEL_SPACING, "DS", "2\\2")))
                .element(Tag.PIXEL_DATA, "OB", bytes(1, 2)));

        assertThat(picture.spacing(0).orElseThrow().spacing()).isEqualTo(new PixelSpacing(1, 1));
        assertThat(picture.spacing(1).orElseThrow().spacing()).isEqualTo(new PixelSpacing(2, 2));
    }

    @Test
    void knowsNoneWhereTheFileTellsNoneOrAnImpossibleOne() {
        assertThat(with(writer -> writer).spacing(0)).isEmpty();
        for (String impossible : new String[] {"0\\0", "-1\\1", "1", "a\\b", "1e999\\1", "NaN\\1"}) {
            assertThat(with(writer -> writer.text(Tag.PIXEL_SPACING, "DS", impossible))
                            .spacing(0))
                    .as(impossible)
                    .isEmpty();
        }
    }

    private static Consumer<DicomWriter> region(int format, int type, int units, double deltaX, double deltaY) {
        return item -> item.numbers(Tag.REGION_SPATIAL_FORMAT, format)
                .numbers(Tag.REGION_DATA_TYPE, type)
                .numbers(Tag.PHYSICAL_UNITS_X_DIRECTION, units)
                .numbers(Tag.PHYSICAL_UNITS_Y_DIRECTION, units)
                .float64(Tag.PHYSICAL_DELTA_X, deltaX)
                .float64(Tag.PHYSICAL_DELTA_Y, deltaY);
    }

    private static DicomPicture with(UnaryOperator<DicomWriter> attributes) {
        return picture(attributes.apply(grey(1, 1, 8, 8, false)).element(Tag.PIXEL_DATA, "OB", bytes(1, 0)));
    }
}
