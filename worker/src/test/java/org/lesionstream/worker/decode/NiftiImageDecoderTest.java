package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.SlicePosition;

class NiftiImageDecoderTest {

    private final DecoderCatalog decoders = DecoderCatalog.standard(new DecodeLimits(1 << 16, 200, 4));

    @Test
    void givesTheSliceThatTheJobNamesAndGuessesNone() {
        byte[] volume = NiftiFiles.volume(4);

        PixelGrid third = decode(volume, OptionalInt.of(3));
        assertThat(third.height()).isEqualTo(2);
        assertThat(third.width()).isEqualTo(3);
        assertThat(third.sample(1, 2, 0)).isEqualTo(10 * (2 * 6 + 5));
        assertThat(third.rescale().meaning(third.sample(1, 2, 0))).isEqualTo(78);
        assertThat(third.spacing()).hasValue(new PixelSpacing(0.25, 0.5));
        assertThat(third.window()).hasValue(new IntensityRule.Window(-7, 108)); // of all slices
        assertFails(FailureCode.MANY_IMAGES, "/image", () -> decode(volume, OptionalInt.empty()));
        assertFails(FailureCode.SOURCE_NOT_FOUND, "/image/frame", () -> decode(volume, OptionalInt.of(5)));
    }

    @Test
    void aFileOfOneSliceIsAPicture() {
        byte[] slice = NiftiFiles.file(1, 1);
        assertThat(decode(slice, OptionalInt.empty())).isEqualTo(decode(slice, OptionalInt.of(1)));
    }

    @Test
    void tellsWhereSlicesLieUnlessSeveralVolumesLieThere() {
        assertThat(layout(NiftiFiles.volume(3))).isEqualTo(new SourceLayout(3, List.of(at(10), at(12), at(14))));
        assertThat(layout(NiftiFiles.file(1, 1)).slices()).containsExactly(at(10));
        assertThat(layout(NiftiFiles.file(3, 2))).isEqualTo(SourceLayout.of(6));
        byte[] silent = NiftiFiles.file(3, 1);
        silent[123] = 0; // of which unit
        assertThat(layout(silent)).isEqualTo(SourceLayout.of(3));
    }

    @Test
    void saysWhyAFileIsRefused() {
        byte[] plain = NiftiFiles.file(3, 1);
        byte[] gzip = NiftiFiles.volume(3);
        byte[] pair = plain.clone();
        pair[345] = 'i';
        pair[346] = '1';

        assertFails(
                FailureCode.IMAGE_DAMAGED,
                "/image",
                () -> decode(Arrays.copyOf(plain, plain.length - 1), OptionalInt.of(1)));
        assertFails(
                FailureCode.IMAGE_DAMAGED,
                "/image",
                () -> decode(Arrays.copyOf(gzip, gzip.length - 9), OptionalInt.of(1)));
        assertFails(FailureCode.UNSUPPORTED_FORMAT, "/image", () -> layout(pair));
        assertFails(FailureCode.TOO_MANY_BYTES, "/image", () -> layout(NiftiFiles.volume(6000)));
    }

    private PixelGrid decode(byte[] bytes, OptionalInt frame) {
        return decoders.decode(bytes, frame, "/image");
    }

    private SourceLayout layout(byte[] bytes) {
        return decoders.layout(bytes, "/image");
    }

    private static SlicePosition at(double position) {
        return new SlicePosition(position, 2);
    }
}
