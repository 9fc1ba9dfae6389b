package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.testing.SharedFolder;

/** Pictures from the wild, where the reference data is at hand. */
class ReferencePicturesTest {

    @Test
    void decodesOddPictures() throws IOException {
        PixelGrid palette = odd("palette_color.png");
        assertThat(List.of(palette.height(), palette.width(), palette.channels()))
                .containsExactly(10, 10, 3);
        PixelGrid chessboard = odd("chessboard_GRAY_U16.tif");
        assertThat(chessboard.type()).isEqualTo(SampleType.INT16);
        assertThat(List.of(chessboard.height(), chessboard.width(), chessboard.channels()))
                .containsExactly(200, 200, 1);
        PixelGrid mask = odd("polyp_mask.tif");
        assertThat(List.of(mask.height(), mask.width(), mask.channels())).containsExactly(288, 384, 1);
    }

    @Test
    void decodesATiffWithUnusualTagsToTheRightPixels() throws IOException {
        Path folder = SharedFolder.path("data/cvc_clinicdb/images");
        try (Stream<Path> files = Files.walk(folder)) {
            Path same = files.filter(file -> file.getFileName().toString().startsWith("frame_001."))
                    .findFirst()
                    .orElseThrow();
            assertThat(odd("polyp_frame_bad_bits_tag.tif"))
                    .isEqualTo(PlainDecoder.decode(Files.readAllBytes(same), DecodeLimits.DEFAULT));
        }
    }

    @Test
    void refusesDamagedPictures() {
        SharedFolder.path("data/odd_files"); // outside of what must throw: absence skips
        assertRefused("truncated.jpg", Reason.TRUNCATED_OR_DAMAGED);
        assertRefused("mri_slice_utf8_damaged.tif", Reason.TRUNCATED_OR_DAMAGED);
        assertRefused("multipage_rgb.tif", Reason.MANY_IMAGES);
    }

    @Test
    void carriesEveryMaskThroughPngAndBack() throws IOException {
        try (Stream<Path> files = Files.list(SharedFolder.path("data/isic2018_256/masks/val"))) {
            List<Path> masks = files.toList();
            assertThat(masks).isNotEmpty();
            for (Path file : masks) {
                LabelMask grey = MaskPng.decode(Files.readAllBytes(file));
                assertThat(MaskPng.decode(MaskPng.encode(grey, 255))).isEqualTo(grey);
                byte[] bits = grey.labels().clone();
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = (byte) (bits[i] == 0 ? 0 : 1);
                }
                LabelMask binary = new LabelMask(grey.height(), grey.width(), bits);
                assertThat(MaskPng.decode(MaskPng.encode(binary, 1))).isEqualTo(binary);
            }
        }
    }

    private static PixelGrid odd(String name) throws IOException {
        return PlainDecoder.decode(
                Files.readAllBytes(SharedFolder.path("data/odd_files").resolve(name)), DecodeLimits.DEFAULT);
    }

    private static void assertRefused(String name, Reason reason) {
        assertThatThrownBy(() -> odd(name))
                .as(name)
                .isInstanceOf(ImageRefusedException.class)
                .extracting(refused -> ((ImageRefusedException) refused).reason())
                .isEqualTo(reason);
    }
}
