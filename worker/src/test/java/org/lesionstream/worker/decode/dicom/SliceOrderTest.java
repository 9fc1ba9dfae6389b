package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.decode.dicom.Objects.bytes;
import static org.lesionstream.worker.decode.dicom.Objects.grey;
import static org.lesionstream.worker.decode.dicom.Objects.picture;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

class SliceOrderTest {

    private static final Path SERIES = Path.of("..", "..", "shared", "data", "dicom", "series_mr_hippocrop_1");
    private static final String AXIAL = "1\\0\\0\\0\\1\\0";

    @Test
    void ordersSlicesAlongTheirNormal() {
        SliceOrder order = SliceOrder.of(
                List.of(plane("0\\0\\-10", AXIAL), plane("0\\0\\-15", AXIAL), plane("0\\0\\-12.5", AXIAL)));

        assertThat(order.order()).containsExactly(1, 2, 0);
        assertThat(order.positions()).containsExactly(-15.0, -12.5, -10.0);
        assertThat(order.spacing()).isEqualTo(2.5);
    }

    @Test
    void measuresAlongTheNormalOfObliqueSlices() {
        String sagittal = "0\\1\\0\\0\\0\\-1"; // the normal points to -x
        double half = Math.sqrt(0.5);
        String tilted = "1\\0\\0\\0\\" + half + "\\" + half;

        assertThat(SliceOrder.of(List.of(plane("1\\5\\5", sagittal), plane("4\\5\\5", sagittal)))
                        .order())
                .containsExactly(1, 0);
        assertThat(SliceOrder.of(List.of(plane("0\\0\\0", tilted), plane("0\\0\\2", tilted)))
                        .spacing())
                .isCloseTo(2 * half, within(1e-9));
    }

    @Test
    void refusesWhatIsNoEvenStack() {
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> SliceOrder.of(List.of(plane("0\\0\\0", AXIAL), plane("0\\0\\1", "0\\1\\0\\0\\0\\-1"))));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> SliceOrder.of(List.of(plane("0\\0\\0", AXIAL), plane("0\\0\\0", AXIAL))));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> SliceOrder.of(
                        List.of(plane("0\\0\\0", AXIAL), plane("0\\0\\1", AXIAL), plane("0\\0\\3", AXIAL))));
    }

    @Test
    void knowsNoPlaneWhereTheFileTellsNoneOrAnImpossibleOne() {
        assertThat(picture(grey(1, 1, 8, 8, false).element(Tag.PIXEL_DATA, "OB", bytes(1, 0)))
                        .plane(0))
                .isEmpty();
        for (String impossible : List.of("1\\0\\0\\1\\0\\0", "0\\0\\0\\0\\0\\0", "2\\0\\0\\0\\2\\0", "1\\0\\0")) {
            assertThat(placed("0\\0\\0", impossible).plane(0)).as(impossible).isEmpty();
        }
    }

    @Test
    void ordersARealSeriesWhateverTheOrderOfItsFiles() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SERIES), "the reference series is not there: " + SERIES);
        List<SlicePlane> planes = new ArrayList<>();
        for (int i = 1; i <= 32; i++) {
            byte[] bytes = Files.readAllBytes(SERIES.resolve(i + ".dcm"));
            planes.add(DicomPicture.read(bytes, DecodeLimits.DEFAULT).plane(0).orElseThrow());
        }
        SliceOrder inOrder = SliceOrder.of(planes);
        List<SlicePlane> shuffled = new ArrayList<>(planes);
        Collections.shuffle(shuffled, new Random(7));
        SliceOrder fromShuffled = SliceOrder.of(shuffled);

        assertThat(inOrder.spacing()).isCloseTo(1, within(1e-3));
        assertThat(fromShuffled.positions()).isEqualTo(inOrder.positions());
        assertThat(fromShuffled.order().stream().map(shuffled::get))
                .containsExactlyElementsOf(
                        inOrder.order().stream().map(planes::get).toList());
    }

    private static SlicePlane plane(String position, String orientation) {
        return placed(position, orientation).plane(0).orElseThrow();
    }

    private static DicomPicture placed(String position, String orientation) {
        return picture(grey(1, 1, 8, 8, false)
                .text(Tag.IMAGE_POSITION_PATIENT, "DS", position)
                .text(Tag.IMAGE_ORIENTATION_PATIENT, "DS", orientation)
                .element(Tag.PIXEL_DATA, "OB", bytes(1, 0)));
    }
}
