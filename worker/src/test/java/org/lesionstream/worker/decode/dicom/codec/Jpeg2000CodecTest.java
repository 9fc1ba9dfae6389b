package org.lesionstream.worker.decode.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** How the codec deals with the process of its library, whatever that does; another program stands in for it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class Jpeg2000CodecTest {

    private static final FrameLayout LAYOUT = new FrameLayout(2, 4, 1, 1); // as long as the number that a frame tells

    private final Jpeg2000Codec codec = new Jpeg2000Codec(
            Jpeg2000Process.command(FakeJpeg2000.class, List.of()).orElseThrow());

    @Test
    void isNamedAsUnsupportedWhereItsLibraryIsAbsent() {
        assumeTrue(Jpeg2000Codec.ifBuiltIn().isEmpty(), "this program was built with the library");

        assertThat(PixelCodecs.decode(PixelCodecs.JPEG_2000)).isFalse();
        assertRefused(Reason.UNSUPPORTED_TRANSFER_SYNTAX, () -> PixelCodecs.of(PixelCodecs.JPEG_2000));
    }

    @Test
    void oneProcessDecodesAllFramesOfAThread() {
        long first = told(FakeJpeg2000.TELL_PROCESS, DecodeLimits.DEFAULT);

        assertThat(told(FakeJpeg2000.TELL_PROCESS, DecodeLimits.DEFAULT)).isEqualTo(first);
        assertThat(first).isNotEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void theProcessSeesNothingOfTheEnvironment() {
        assertThat(System.getenv()).isNotEmpty();
        assertThat(told(FakeJpeg2000.TELL_VARIABLES, DecodeLimits.DEFAULT)).isZero();
    }

    @Test
    void aFrameThatNeverEndsIsRefusedAndTheNextOneIsDecoded() {
        long spinning = told(FakeJpeg2000.TELL_PROCESS, DecodeLimits.DEFAULT);
        DecodeLimits little = DecodeLimits.DEFAULT.withMaxTime(Duration.ofMillis(50));

        assertRefused(Reason.DECODING_TOO_SLOW, () -> told(FakeJpeg2000.SPIN, little));

        assertThat(told(FakeJpeg2000.TELL_PROCESS, DecodeLimits.DEFAULT)).isNotEqualTo(spinning);
        ProcessHandle.of(spinning).ifPresent(killed -> killed.onExit().join()); // spins on if nobody killed it
    }

    @Test
    void aFrameThatEndsItsProcessIsDamagedAndTheNextOneIsDecoded() {
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> told(FakeJpeg2000.GIVE_UP, DecodeLimits.DEFAULT));

        assertThat(told(FakeJpeg2000.TELL_PROCESS, DecodeLimits.DEFAULT)).isPositive();
    }

    @Test
    void aProcessThatCannotBeStartedSaysNothingAboutTheFrame() {
        Jpeg2000Codec stuck = new Jpeg2000Codec(new ProcessBuilder("/no/such/program"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> stuck.decode(frame(FakeJpeg2000.TELL_PROCESS), LAYOUT, DecodeLimits.DEFAULT));
    }

    @Test
    void refusesAHeaderThatContradictsTheDataSetBeforeAProcessIsAsked() {
        byte[] sound = frame(FakeJpeg2000.SPIN);
        for (int at : new int[] {0, 11, 15, 41, 42, 43}) { // marker, width, height, components, precision, distance
            byte[] other = sound.clone();
            other[at] = (byte) (other[at] + 9);
            assertThatExceptionOfType(ImageRefusedException.class)
                    .isThrownBy(() -> codec.decode(other, LAYOUT, DecodeLimits.DEFAULT))
                    .extracting(ImageRefusedException::reason)
                    .isIn(Reason.TRUNCATED_OR_DAMAGED, Reason.UNSUPPORTED_FORMAT);
        }
    }

    private long told(int wish, DecodeLimits limits) {
        return ByteBuffer.wrap(codec.decode(frame(wish), LAYOUT, limits)).getLong();
    }

    /** The size of a frame of {@link #LAYOUT}, its end, and what the other program is to do with it. */
    private static byte[] frame(int wish) {
        return ByteBuffer.allocate(48)
                .putInt(0xff4f_ff51)
                .putShort((short) 41)
                .putShort((short) 0)
                .putInt(LAYOUT.columns())
                .putInt(LAYOUT.rows())
                .position(40)
                .putShort((short) LAYOUT.samples())
                .put((byte) 7)
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0xffd9)
                .put((byte) wish)
                .array();
    }
}
