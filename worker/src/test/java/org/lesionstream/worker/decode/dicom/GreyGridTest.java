package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.decode.dicom.Objects.bytes;
import static org.lesionstream.worker.decode.dicom.Objects.grey;
import static org.lesionstream.worker.decode.dicom.Objects.picture;
import static org.lesionstream.worker.decode.dicom.Objects.words;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;

class GreyGridTest {

    @Test
    void keepsBytesAsTheyAre() {
        PixelGrid grid = grid(grey(1, 3, 8, 8, false).element(Tag.PIXEL_DATA, "OW", bytes(0, 200, 255, 0)));

        assertThat(grid.type()).isEqualTo(SampleType.UINT8);
        assertThat(samples(grid)).containsExactly(0, 200, 255);
        assertThat(grid.rescale()).isEqualTo(Rescale.NONE);
        assertThat(grid.window()).isEmpty();
        assertThat(grid.spacing()).isEmpty();
    }

    @Test
    void extendsTheSignOfStoredBitsAndDropsOverlaysAboveThem() {
        PixelGrid signed = grid(grey(1, 3, 16, 12, true).element(Tag.PIXEL_DATA, "OW", words(0x0FFF, 0xF7FF, 0x1800)));
        PixelGrid unsigned = grid(grey(1, 2, 16, 12, false).element(Tag.PIXEL_DATA, "OW", words(0x1FFF, 0xF001)));

        assertThat(samples(signed)).containsExactly(-1, 2047, -2048);
        assertThat(samples(unsigned)).containsExactly(4095, 1);
        assertThat(unsigned.rescale()).isEqualTo(Rescale.NONE);
    }

    @Test
    void readsStoredBitsThatDoNotBeginAtTheLowest() {
        DicomWriter writer = Objects.described(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 1, 2, "MONOCHROME2", 1, 16, 12)
                .numbers(Tag.HIGH_BIT, 15)
                .element(Tag.PIXEL_DATA, "OW", words(0xFFF7, 0x0010));

        assertThat(samples(grid(writer))).containsExactly(4095, 1);
    }

    @Test
    void storesUnsignedWordsLowerAndKeepsTheirMeaning() {
        PixelGrid grid = grid(grey(1, 2, 16, 16, false)
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1024")
                .text(Tag.RESCALE_SLOPE, "DS", "2.0")
                .element(Tag.PIXEL_DATA, "OW", words(0, 65535)));

        assertThat(samples(grid)).containsExactly(-32768, 32767);
        assertThat(grid.rescale().meaning(-32768)).isEqualTo(-1024);
        assertThat(grid.rescale().meaning(32767)).isEqualTo(2.0 * 65535 - 1024);
    }

    @Test
    void widensSignedBytes() {
        PixelGrid grid = grid(grey(1, 2, 8, 8, true).element(Tag.PIXEL_DATA, "OB", bytes(255, 127)));

        assertThat(grid.type()).isEqualTo(SampleType.INT16);
        assertThat(samples(grid)).containsExactly(-1, 127);
    }

    @Test
    void showsTheFirstWindowOfTheFile() {
        DicomWriter writer = grey(1, 2, 16, 16, true)
                .text(Tag.WINDOW_CENTER, "DS", "40\\300")
                .text(Tag.WINDOW_WIDTH, "DS", "401\\1500")
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1024")
                .element(Tag.PIXEL_DATA, "OW", words(0, 2000));

        PixelGrid grid = grid(writer);

        assertThat(grid.window()).hasValue(new IntensityRule.Window(-160.5, 239.5)); // PS3.3, C.11.2.1.2.1
        assertThat(samples(new IntensityRule.Identity().apply(grid, SampleType.UINT8)))
                .containsExactly(0, 255);
        assertThat(samples(new IntensityRule.Window(-1024, 976).apply(grid, SampleType.UINT8)))
                .containsExactly(0, 255);
    }

    @Test
    void takesTheWidthOfAnExactWindowAsItIs() {
        PixelGrid grid = grid(grey(1, 1, 16, 16, true)
                .text(Tag.WINDOW_CENTER, "DS", "100")
                .text(Tag.WINDOW_WIDTH, "DS", "50")
                .text(Tag.VOI_LUT_FUNCTION, "CS", "LINEAR_EXACT")
                .element(Tag.PIXEL_DATA, "OW", words(0)));

        assertThat(grid.window()).hasValue(new IntensityRule.Window(75, 125));
    }

    @Test
    void showsTheWholeRangeWhereTheFileHasNoWindow() {
        PixelGrid grid = grid(grey(1, 3, 16, 12, false)
                .text(Tag.WINDOW_CENTER, "DS", "100")
                .text(Tag.WINDOW_WIDTH, "DS", "1") // nothing lies within
                .element(Tag.PIXEL_DATA, "OW", words(100, 600, 1100)));

        assertThat(grid.window()).hasValue(new IntensityRule.Window(100, 1100));
        assertThat(samples(new IntensityRule.Identity().apply(grid, SampleType.UINT8)))
                .containsExactly(0, 128, 255);
        assertThat(grid(grey(1, 2, 16, 16, true).element(Tag.PIXEL_DATA, "OW", words(7, 7)))
                        .window())
                .isEmpty();
    }

    @Test
    void turnsMonochrome1AndItsWindow() {
        PixelGrid grid = grid(Objects.described(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 1, 3, "MONOCHROME1", 1, 16, 10)
                .text(Tag.WINDOW_CENTER, "DS", "200.5")
                .text(Tag.WINDOW_WIDTH, "DS", "101")
                .element(Tag.PIXEL_DATA, "OW", words(0, 150, 1023)));

        assertThat(samples(grid)).containsExactly(1023, 873, 0);
        assertThat(grid.window()).hasValue(new IntensityRule.Window(773, 873)); // was 150 to 250
        assertThat(samples(grid(Objects.described(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 1, 2, "MONOCHROME1", 1, 8, 8)
                        .element(Tag.PIXEL_DATA, "OB", bytes(0, 250)))))
                .containsExactly(255, 5);
        assertThat(samples(grid(Objects.described(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 1, 2, "MONOCHROME1", 1, 16, 16)
                        .numbers(Tag.PIXEL_REPRESENTATION, 1)
                        .element(Tag.PIXEL_DATA, "OW", words(-32768, 5)))))
                .containsExactly(32767, -6);
    }

    @Test
    void makesPaddingBlack() {
        PixelGrid signed = grid(grey(1, 4, 16, 16, true)
                .numbers(Tag.PIXEL_PADDING_VALUE, -2000)
                .element(Tag.PIXEL_DATA, "OW", words(-2000, 5, -900, -2000)));
        PixelGrid range = grid(grey(1, 4, 16, 16, false)
                .numbers(Tag.PIXEL_PADDING_VALUE, 65535)
                .numbers(Tag.PIXEL_PADDING_RANGE_LIMIT, 65000)
                .element(Tag.PIXEL_DATA, "OW", words(65100, 40000, 64999, 65535)));
        PixelGrid turned = grid(Objects.described(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 1, 3, "MONOCHROME1", 1, 8, 8)
                .numbers(Tag.PIXEL_PADDING_VALUE, 0)
                .element(Tag.PIXEL_DATA, "OB", bytes(0, 10, 200, 0)));

        assertThat(samples(signed)).containsExactly(-900, 5, -900, -900);
        assertThat(samples(range)).containsExactly(7232, 7232, 32231, 7232);
        assertThat(samples(turned)).containsExactly(55, 245, 55);
    }

    @Test
    void appliesAModalityTable() {
        PixelGrid grid = grid(grey(1, 4, 8, 8, false)
                .sequence(Tag.MODALITY_LUT_SEQUENCE, item -> item.numbers(Tag.LUT_DESCRIPTOR, 3, 10, 16)
                        .numbers(Tag.LUT_DATA, 100, 5000, 65000))
                .element(Tag.PIXEL_DATA, "OB", bytes(0, 10, 11, 255)));

        assertThat(IntStream.of(samples(grid)).mapToDouble(grid.rescale()::meaning))
                .containsExactly(100.0, 100.0, 5000.0, 65000.0);
    }

    @Test
    void readsTheAttributesOfTheFrame() {
        DicomPicture picture = picture(grey(1, 1, 16, 16, true)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .sequence(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        shared -> shared.sequence(
                                Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                                item -> item.text(Tag.RESCALE_SLOPE, "DS", "3")))
                .sequence(
                        Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        first -> first.sequence(
                                Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                                item -> item.text(Tag.RESCALE_SLOPE, "DS", "2")),
                        second -> second.sequence(
                                Tag.FRAME_VOI_LUT_SEQUENCE, item -> item.text(Tag.WINDOW_CENTER, "DS", "0.5")
                                        .text(Tag.WINDOW_WIDTH, "DS", "3")))
                .element(Tag.PIXEL_DATA, "OW", words(1, 2)));

        assertThat(picture.grid(0).rescale()).isEqualTo(new Rescale(2, 0));
        assertThat(picture.grid(1).rescale()).isEqualTo(new Rescale(3, 0));
        assertThat(picture.grid(1).window()).hasValue(new IntensityRule.Window(-1, 1));
    }

    @Test
    void refusesValuesThatNoPictureHolds() {
        DicomWriter wide = grey(1, 1, 32, 32, false).element(Tag.PIXEL_DATA, "OW", words(1, 2));
        DicomWriter floating = grey(1, 1, 32, 32, false).element(Tag.FLOAT_PIXEL_DATA, "OF", new byte[4]);
        DicomWriter flat =
                grey(1, 1, 16, 16, false).text(Tag.RESCALE_SLOPE, "DS", "0").element(Tag.PIXEL_DATA, "OW", words(1));

        assertRefused(Reason.UNSUPPORTED_FORMAT, () -> grid(wide));
        assertThat(picture(wide).stored(0).value(0)).isEqualTo(131073);
        assertRefused(Reason.UNSUPPORTED_FORMAT, () -> grid(floating));
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> grid(flat));
    }

    private static PixelGrid grid(DicomWriter writer) {
        return picture(writer).grid(0);
    }

    private static int[] samples(PixelGrid grid) {
        return IntStream.range(0, grid.width()).map(i -> grid.sample(0, i, 0)).toArray();
    }
}
