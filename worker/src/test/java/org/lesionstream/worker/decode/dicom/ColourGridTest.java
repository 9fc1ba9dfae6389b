package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.decode.dicom.Objects.bytes;
import static org.lesionstream.worker.decode.dicom.Objects.described;
import static org.lesionstream.worker.decode.dicom.Objects.picture;
import static org.lesionstream.worker.decode.dicom.Objects.words;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;

class ColourGridTest {

    private static final String EXPLICIT = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;

    @Test
    void readsPixelByPixelAndPlaneByPlane() {
        PixelGrid interleaved = grid(described(EXPLICIT, 1, 2, "RGB", 3, 8, 8)
                .numbers(Tag.PLANAR_CONFIGURATION, 0)
                .element(Tag.PIXEL_DATA, "OB", bytes(1, 2, 3, 4, 5, 6)));
        PixelGrid planar = grid(described(EXPLICIT, 1, 2, "RGB", 3, 8, 8)
                .numbers(Tag.PLANAR_CONFIGURATION, 1)
                .element(Tag.PIXEL_DATA, "OB", bytes(1, 4, 2, 5, 3, 6)));

        assertThat(interleaved.channels()).isEqualTo(3);
        assertThat(interleaved.samples()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(planar).isEqualTo(interleaved);
    }

    @Test
    void spreadsWideColoursOverTheirFullRange() {
        PixelGrid twelve =
                grid(described(EXPLICIT, 1, 1, "RGB", 3, 16, 12).element(Tag.PIXEL_DATA, "OW", words(0, 2048, 4095)));
        PixelGrid eight =
                grid(described(EXPLICIT, 1, 1, "RGB", 3, 16, 8).element(Tag.PIXEL_DATA, "OW", words(0, 128, 255)));

        assertThat(twelve.rescale()).isEqualTo(Rescale.UNSIGNED_16);
        assertThat(new int[] {twelve.sample(0, 0, 0), twelve.sample(0, 0, 1), twelve.sample(0, 0, 2)})
                .containsExactly(-32768, 0, 32752);
        assertThat(eight.samples()).containsExactly(0, 128, 255);
    }

    @Test
    void turnsLuminanceAndColourDifferencesIntoRgb() {
        PixelGrid full = grid(described(EXPLICIT, 1, 2, "YBR_FULL", 3, 8, 8)
                .element(Tag.PIXEL_DATA, "OB", bytes(76, 85, 255, 100, 128, 128))); // red and grey
        PixelGrid half = grid(described(EXPLICIT, 1, 2, "YBR_FULL_422", 3, 8, 8)
                .element(Tag.PIXEL_DATA, "OB", bytes(76, 100, 85, 255)));

        assertThat(full.samples()).containsExactly(254, 0, 0, 100, 100, 100);
        assertThat(half.samples()).containsExactly(254, 0, 0, 255, 24, 24);
    }

    @Test
    void refusesWhatColoursCannotBe() {
        assertRefused(
                Reason.UNSUPPORTED_FORMAT,
                () -> grid(described(EXPLICIT, 1, 3, "YBR_FULL_422", 3, 8, 8)
                        .element(Tag.PIXEL_DATA, "OB", bytes(1, 2, 3, 4, 5, 6))));
        assertRefused(
                Reason.UNSUPPORTED_FORMAT,
                () -> grid(
                        described(EXPLICIT, 1, 1, "CMYK", 3, 8, 8).element(Tag.PIXEL_DATA, "OB", bytes(1, 2, 3, 4))));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> grid(described(EXPLICIT, 1, 1, "RGB", 1, 8, 8).element(Tag.PIXEL_DATA, "OB", bytes(1, 2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_BIG_ENDIAN,
                TransferSyntax.IMPLICIT_LITTLE_ENDIAN
            })
    void looksColoursUp(String syntax) {
        DicomWriter writer = described(syntax, 1, 4, "PALETTE COLOR", 1, 8, 8);
        for (int channel = 0; channel < 3; channel++) {
            writer.numbers(Tag.RED_PALETTE_DESCRIPTOR + channel, 3, 10, 16);
        }
        writer.numbers(Tag.RED_PALETTE_DATA, 0x0100, 0x0200, 0x0300)
                .numbers(Tag.RED_PALETTE_DATA + 1, 0, 0x8000, 0xFFFF)
                .numbers(Tag.RED_PALETTE_DATA + 2, 1, 2, 3) // the upper byte left empty
                .element(Tag.PIXEL_DATA, "OB", bytes(0, 10, 11, 200));

        assertThat(grid(writer).samples()).containsExactly(bytes(1, 0, 1, 1, 0, 1, 2, 128, 2, 3, 255, 3));
    }

    @Test
    void looksColoursUpInTablesOfBytes() {
        DicomWriter writer = described(EXPLICIT, 1, 2, "PALETTE COLOR", 1, 8, 8);
        for (int channel = 0; channel < 3; channel++) {
            writer.numbers(Tag.RED_PALETTE_DESCRIPTOR + channel, 3, 0, 8)
                    .element(Tag.RED_PALETTE_DATA + channel, "OW", bytes(5 + channel, 50 + channel, 99 + channel, 0));
        }
        writer.element(Tag.PIXEL_DATA, "OB", bytes(2, 1));

        assertThat(grid(writer).samples()).containsExactly(99, 100, 101, 50, 51, 52);
    }

    @Test
    void expandsSegmentsOfAPalette() {
        DicomWriter writer = described(EXPLICIT, 1, 8, "PALETTE COLOR", 1, 8, 8);
        for (int channel = 0; channel < 3; channel++) {
            writer.numbers(Tag.RED_PALETTE_DESCRIPTOR + channel, 8, 0, 16);
        }
        int[] segments = {0, 2, 0x0100, 0x0300, 1, 2, 0x0500, 2, 1, 0, 0, 1, 2, 0x0900};
        writer.numbers(Tag.SEGMENTED_RED_PALETTE_DATA, segments)
                .numbers(Tag.SEGMENTED_RED_PALETTE_DATA + 1, 1, 8, 0x0800)
                .numbers(Tag.SEGMENTED_RED_PALETTE_DATA + 2, 1, 8, 0x0800)
                .element(Tag.PIXEL_DATA, "OB", bytes(0, 1, 2, 3, 4, 5, 6, 7));

        PixelGrid grid = grid(writer);

        int[] red = new int[8];
        int[] green = new int[8];
        for (int i = 0; i < 8; i++) {
            red[i] = grid.sample(0, i, 0);
            green[i] = grid.sample(0, i, 1);
        }
        assertThat(red).containsExactly(1, 3, 4, 5, 1, 3, 6, 9);
        assertThat(green).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void refusesPalettesThatDoNotFillTheirTable() {
        for (int[] segments :
                new int[][] {{}, {0, 2, 1}, {3, 1, 1}, {0, 0}, {2, 9, 0, 0}, {1, 7, 5}, {0, 1, 1, 2, 1, 3, 0}}) {
            DicomWriter writer = described(EXPLICIT, 1, 2, "PALETTE COLOR", 1, 8, 8);
            for (int channel = 0; channel < 3; channel++) {
                writer.numbers(Tag.RED_PALETTE_DESCRIPTOR + channel, 8, 0, 16)
                        .numbers(Tag.SEGMENTED_RED_PALETTE_DATA + channel, segments);
            }
            writer.element(Tag.PIXEL_DATA, "OB", bytes(0, 1));

            assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> grid(writer));
        }
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> grid(described(EXPLICIT, 1, 2, "PALETTE COLOR", 1, 8, 8)
                        .numbers(Tag.RED_PALETTE_DESCRIPTOR, 8, 0, 16)
                        .numbers(Tag.RED_PALETTE_DATA, 1, 2)
                        .element(Tag.PIXEL_DATA, "OB", bytes(0, 1))));
    }

    private static PixelGrid grid(DicomWriter writer) {
        return picture(writer).grid(0);
    }
}
