package org.lesionstream.worker.decode.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** JPEG 2000 with its library, in builds with {@code -Pjpeg2000}. */
class Jpeg2000LibraryTest {

    private static final int ROWS = 40;
    private static final int COLUMNS = 53;

    private PixelCodec codec;

    @BeforeEach
    void findCodec() {
        assumeTrue(PixelCodecs.decode(PixelCodecs.JPEG_2000), "built without -Pjpeg2000");
        codec = PixelCodecs.of(PixelCodecs.JPEG_2000);
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "3, 8"})
    void decodesWhatItsOwnWriterHasCoded(int components, int bits) {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, components, bits, 1);
        byte[] coded = Jpeg2000Encoder.encode(samples, ROWS, COLUMNS, components, bits);
        FrameLayout layout = new FrameLayout(ROWS, COLUMNS, components, bits / 8);

        assertThat(codec.decode(coded, layout, DecodeLimits.DEFAULT)).isEqualTo(TestFrames.bytes(samples, bits / 8));
    }

    @Test
    void makesNothingUpWhereAFrameEnds() {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, 1, 8, 2);
        byte[] coded = Jpeg2000Encoder.encode(samples, ROWS, COLUMNS, 1, 8);
        FrameLayout layout = new FrameLayout(ROWS, COLUMNS, 1, 1);

        for (int lost : new int[] {1, 2, 20, 300, coded.length - 50}) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> codec.decode(Arrays.copyOf(coded, coded.length - lost), layout, DecodeLimits.DEFAULT));
        }
    }

    /** The library takes a tile of no width for a fault of the program. */
    @Test
    void aFrameThatTheLibraryCannotDecodeIsDamagedAndTheNextOneIsDecoded() {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, 1, 8, 3);
        byte[] sound = Jpeg2000Encoder.encode(samples, ROWS, COLUMNS, 1, 8);
        FrameLayout layout = new FrameLayout(ROWS, COLUMNS, 1, 1);
        byte[] damaged = sound.clone();
        Arrays.fill(damaged, 24, 28, (byte) 0);

        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> codec.decode(damaged, layout, DecodeLimits.DEFAULT));
        assertThat(codec.decode(sound, layout, DecodeLimits.DEFAULT)).isEqualTo(TestFrames.bytes(samples, 1));
    }
}
