package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;

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

    @Test
    void guessesNeitherMillimetresNorConfidence() {
        LabelMask mask = mask("1");
        LesionStatistics lesion = LesionMeasurer.measure(
                        ConnectedComponents.of(mask), mask, new byte[0], Optional.empty(), Optional.empty())
                .get(0);
        assertThat(lesion.areaSquareMillimetres()).isEmpty();
        assertThat(lesion.shape().orElseThrow().millimetres()).isEmpty();
        assertThat(lesion.meanConfidence()).isEmpty();
        assertThat(lesion.intensity()).isEmpty();
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
