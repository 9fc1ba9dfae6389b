package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;

class ConnectedComponentsTest {

    @Test
    void findsNothingInAnEmptyMask() {
        assertThat(ConnectedComponents.of(mask("....", "...."))).isEmpty();
    }

    @Test
    void joinsAcrossCornersButNotAcrossLabels() {
        LabelMask mask = mask(
                "1..2", //
                ".12.", //
                "....", //
                "1111");
        assertThat(areas(mask)).containsExactly(2L, 4L, 2L);
        assertThat(ConnectedComponents.of(mask).stream().map(Region::label)).containsExactly(1, 1, 2);
    }

    @Test
    void joinsArmsThatMeetOnlyAtTheBottom() {
        LabelMask mask = mask(
                "1.1.1", //
                "1.1.1", //
                "11111");
        assertThat(areas(mask)).containsExactly(11L);
        assertThat(ConnectedComponents.of(mask).get(0).runs()).isEqualTo(7);
    }

    @Test
    void keepsAMillionSinglePixelsApart() {
        int size = 2000;
        byte[] labels = new byte[size * size];
        for (int r = 0; r < size; r += 2) {
            for (int c = 0; c < size; c += 2) {
                labels[r * size + c] = 1;
            }
        }
        assertThat(ConnectedComponents.of(new LabelMask(size, size, labels))).hasSize(1_000_000);
    }

    /** One region of a million runs: recursion would overflow the stack. */
    @Test
    void followsALongSnake() {
        int height = 2001;
        int width = 1001;
        byte[] labels = new byte[height * width];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                boolean bridge = r % 4 == 1 ? c == width - 1 : r % 4 == 3 && c == 0;
                labels[r * width + c] = (byte) (r % 2 == 0 || bridge ? 1 : 0);
            }
        }
        assertThat(ConnectedComponents.of(new LabelMask(height, width, labels))).hasSize(1);
    }

    @Test
    void measuresAreaPlaceAndConfidence() {
        LabelMask mask = mask(
                "....", //
                ".11.", //
                ".1..");
        byte[] confidence = new byte[12];
        confidence[5] = (byte) 255;
        confidence[6] = (byte) 204;
        confidence[9] = (byte) 153;
        LesionStatistics lesion = LesionMeasurer.measure(
                        ConnectedComponents.of(mask),
                        mask,
                        confidence,
                        Optional.of(new PixelSpacing(0.7, 0.4)),
                        Optional.empty())
                .get(0);
        assertThat(lesion)
                .isEqualTo(new LesionStatistics(
                        1,
                        1,
                        3,
                        Optional.of(3 * (0.7 * 0.4)),
                        4.0 / 3,
                        4.0 / 3,
                        1,
                        1,
                        3,
                        3,
                        Optional.of(0.8),
                        Optional.of(0.6),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void guessesNeitherMillimetresNorConfidence() {
        LabelMask mask = mask("1");
        LesionStatistics lesion = LesionMeasurer.measure(
                        ConnectedComponents.of(mask), mask, new byte[0], Optional.empty(), Optional.empty())
                .get(0);
        assertThat(lesion.areaSquareMillimetres()).isEmpty();
        assertThat(lesion.meanConfidence()).isEmpty();
    }

    @Test
    void dropsRegionsBelowTheSmallestArea() {
        LabelMask mask = mask("1.11.111");
        assertThat(LesionRules.smallest(2).apply(mask, Optional.empty()).stream()
                        .map(Region::area))
                .containsExactly(2L, 3L);
        assertThat(LesionRules.ALL.apply(mask, Optional.empty())).hasSize(3);
        assertThatThrownBy(() -> LesionRules.smallest(0)).hasMessage("smallestAreaPixels must be positive, was 0");
    }

    private static List<Long> areas(LabelMask mask) {
        return ConnectedComponents.of(mask).stream().map(Region::area).toList();
    }

    /** A mask from text: a digit is its label, a dot background. */
    private static LabelMask mask(String... rows) {
        byte[] labels = new byte[rows.length * rows[0].length()];
        for (int i = 0; i < labels.length; i++) {
            char at = rows[i / rows[0].length()].charAt(i % rows[0].length());
            labels[i] = (byte) (at == '.' ? 0 : at - '0');
        }
        return new LabelMask(rows.length, rows[0].length(), labels);
    }
}
