package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.testing.Masks;

class ContactSheetTest {

    private static final int GREY = 0x404040;
    private static final int GREEN = 0x00e05a;
    private static final int MAGENTA = 0xff2fd0;

    @Test
    void everyClassHasItsColourAndTheInsideStaysVisible() {
        Sample sample = grey(Masks.of("111...", "111...", "111.22", "....22"));
        BufferedImage sheet = ContactSheet.drawing(List.of(List.of(sample, sample)));
        assertThat(sheet.getWidth()).isEqualTo(34 + 2 * (6 + 6));
        assertThat(sheet.getHeight()).isEqualTo(6 + 4 + 6);
        for (int left : new int[] {34, 34 + 12}) {
            assertThat(colour(sheet, 6, left)).isEqualTo(GREEN);
            assertThat(colour(sheet, 7, left + 1)).as("inside").isEqualTo(GREY);
            assertThat(colour(sheet, 6, left + 3)).as("outside").isEqualTo(GREY);
            assertThat(colour(sheet, 8, left + 4)).isEqualTo(MAGENTA);
        }
    }

    @Test
    void everyRowHasAnotherNumber() {
        Sample sample = grey(new LabelMask(20, 20, new byte[400]));
        List<List<Sample>> rows = new ArrayList<>();
        for (int row = 0; row < 12; row++) {
            rows.add(List.of(sample));
        }
        BufferedImage sheet = ContactSheet.drawing(rows);
        Set<String> numbers = new TreeSet<>();
        for (int row = 0; row < 12; row++) {
            int[] margin = sheet.getRGB(0, 6 + 26 * row, 34, 20, null, 0, 34);
            numbers.add(Arrays.toString(margin));
        }
        assertThat(numbers).hasSize(12);
    }

    @Test
    void largeSamplesAreThinned() {
        BufferedImage sheet =
                ContactSheet.drawing(List.of(List.of(grey(new LabelMask(700, 1300, new byte[700 * 1300])))));
        assertThat(sheet.getWidth()).as("every third column").isEqualTo(34 + 434 + 6);
        assertThat(sheet.getHeight()).isEqualTo(6 + 234 + 6);
    }

    private static Sample grey(LabelMask mask) {
        byte[] samples = new byte[mask.labels().length];
        Arrays.fill(samples, (byte) 0x40);
        return new Sample(
                new PixelGrid(mask.height(), mask.width(), 1, SampleType.UINT8, samples, Optional.empty()), mask);
    }

    private static int colour(BufferedImage sheet, int row, int column) {
        return sheet.getRGB(column, row) & 0xffffff;
    }
}
