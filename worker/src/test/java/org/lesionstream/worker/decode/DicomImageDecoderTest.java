package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.InlineBytes;
import org.lesionstream.worker.decode.dicom.DicomFiles;

class DicomImageDecoderTest {

    private final ImagePreparer preparer = new ImagePreparer(
            new ImageFetcher(List.of(), 1 << 20), DecoderCatalog.standard(new DecodeLimits(1 << 20, 200, 4)));

    @Test
    void givesAPictureWithTheSpacingAndTheWindowOfItsFile() {
        PixelGrid grid = decode(DicomFiles.slices(2), OptionalInt.empty());

        assertThat(grid.height()).isEqualTo(10);
        assertThat(grid.width()).isEqualTo(14);
        assertThat(grid.spacing()).hasValue(new PixelSpacing(0.5, 0.25));
        assertThat(grid.window()).hasValue(new IntensityRule.Window(-160, 240));
        assertThat(grid.rescale().meaning(grid.sample(4, 6, 0))).isEqualTo(240);
    }

    @Test
    void takesTheFrameThatTheJobNamesAndGuessesNone() {
        byte[] frames = DicomFiles.slices(1, 3);

        assertThat(decode(frames, OptionalInt.of(2)).sample(5, 7, 0)).isEqualTo(1264);
        assertThat(decode(frames, OptionalInt.of(1)).sample(5, 7, 0)).isEqualTo(24);
        assertThat(decode(DicomFiles.slices(3), OptionalInt.of(1))).isEqualTo(decode(frames, OptionalInt.of(2)));
        assertThat(((ManyImages) preparer.prepare(ImageSource.inline(frames))).parts())
                .hasSize(2);
        assertFails(FailureCode.SOURCE_NOT_FOUND, "/image/frame", () -> decode(frames, OptionalInt.of(3)));
    }

    @Test
    void putsGreyFilesTogetherAsChannels() {
        ImageSource channel = ImageSource.inline(DicomFiles.slices(2));
        ImageSource both = new ImageSource(
                Optional.empty(),
                Optional.empty(),
                List.of(channel, channel),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());

        assertThat(pixels(both).channels()).isEqualTo(2);
    }

    @Test
    void saysWhyAFileIsRefused() {
        byte[] whole = DicomFiles.slices(2);

        assertFails(
                FailureCode.UNSUPPORTED_TRANSFER_SYNTAX,
                "/image",
                () -> decode(DicomFiles.jpeg2000(), OptionalInt.empty()));
        assertFails(FailureCode.NO_PIXELS, "/image", () -> decode(DicomFiles.report(), OptionalInt.empty()));
        assertFails(
                FailureCode.IMAGE_DAMAGED,
                "/image",
                () -> decode(Arrays.copyOf(whole, whole.length - 2), OptionalInt.empty()));
    }

    private PixelGrid decode(byte[] bytes, OptionalInt frame) {
        return pixels(new ImageSource(
                Optional.empty(),
                Optional.of(new InlineBytes(bytes)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                frame));
    }

    private PixelGrid pixels(ImageSource source) {
        return ((DecodedImage) preparer.prepare(source)).grid();
    }
}
