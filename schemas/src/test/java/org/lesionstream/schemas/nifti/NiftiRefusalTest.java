package org.lesionstream.schemas.nifti;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Files that are damaged, too large or of another kind are refused with their reason. */
class NiftiRefusalTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 18, 16);
    private static final long MOST_BYTES = 6 << 20; // allocated for one of them, all copies together

    @Test
    void refusesOtherFormats() {
        byte[] gzip = TestNifti.gzip("no volume, whoever it was of".getBytes(US_ASCII));
        byte[] text = "Patient: none".getBytes(US_ASCII);
        assertThat(reason(gzip)).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(reason(text)).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(reason(new byte[0])).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(NiftiHeader.recognises(text)).isFalse();
        assertThat(NiftiHeader.recognises(new byte[0])).isFalse();
        assertThat(NiftiHeader.recognises(gzip)).isTrue();
        assertThat(NiftiHeader.recognises(file().second(true).bigEndian(true).file(1, 2)))
                .isTrue();
    }

    @Test
    void saysThatPairsAndTheAncestorAreNotRead() {
        for (byte[] pair : List.of(
                file().magic("ni1\0").file(1, 2),
                file().second(true).magic("ni2\0\r\n\032\n").file(1, 2))) {
            assertThat(refusal(pair).reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
            assertThat(refusal(pair)).hasMessageContaining(".hdr and .img");
        }
        assertThat(refusal(file().magic("\0\0\0\0").file(1, 2))).hasMessageContaining("ANALYZE");
        assertThat(reason(file().second(true).magic("n+2\0\n\032\n\0").file(1, 2)))
                .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    /** Bits, complex numbers, colours, and numbers of 128 bits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 128, 1536, 1792, 2048, 2304, 77})
    void refusesVoxelsOfOtherTypes(int code) {
        assertThat(reason(file().datatype(code).file(1, 2))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void refusesImpossibleSizes() {
        for (long length : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(reason(TestNifti.of(VoxelType.UINT8, 2, length)
                            .second(true)
                            .file(1, 2)))
                    .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        }
        assertThat(reason(TestNifti.of(VoxelType.UINT8).file(1))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(TestNifti.of(VoxelType.UINT8, 1, 1, 1, 1, 1, 1, 1, 1).file(1)))
                .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(TestNifti.of(VoxelType.FLOAT32, 1, 1, 1, 1, 3).file(1, 2, 3)))
                .isEqualTo(Reason.UNSUPPORTED_FORMAT); // vectors
    }

    @Test
    void refusesTooMuchBeforeItIsInflated() {
        assertThat(reason(TestNifti.of(VoxelType.UINT8, 513, 512).gzip())).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(TestNifti.of(VoxelType.UINT8, 512, 512, 5).gzip())).isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(reason(TestNifti.of(VoxelType.INT16, 512, 512, 3).gzip())).isEqualTo(Reason.TOO_MANY_BYTES);
        long most = Long.MAX_VALUE;
        assertThat(reason(TestNifti.of(VoxelType.UINT8, most, most, most, most)
                        .second(true)
                        .gzip()))
                .isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(TestNifti.of(VoxelType.UINT8, 1, 1, most, most)
                        .second(true)
                        .gzip()))
                .isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(TestNifti.of(VoxelType.FLOAT64, 512, 512, Integer.MAX_VALUE)
                        .second(true)
                        .gzip()))
                .isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(reason(new byte[(1 << 20) + 1])).isEqualTo(Reason.TOO_MANY_BYTES);
    }

    @Test
    void inflatesABombNoFurtherThanItsHeaderSays() {
        byte[] bomb = TestNifti.gzip(Arrays.copyOf(file().file(1, 2), 64 << 20));
        long before = allocated();
        assertThat(reason(bomb)).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(allocated() - before).isLessThan(MOST_BYTES);

        byte[] tail = TestNifti.gzip(Arrays.copyOf(file().file(1, 2), 10_000)); // which does no harm
        assertThat(NiftiVolume.read(tail, LIMITS).values(1)).containsExactly(1, 2);
    }

    @Test
    void readsGzipOfManyMembers() {
        byte[] volume = file().file(1, 2);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int at = 0; at < volume.length; at += 100) {
            members.writeBytes(TestNifti.gzip(Arrays.copyOfRange(volume, at, Math.min(at + 100, volume.length))));
            members.writeBytes(TestNifti.gzip(new byte[0])); // as bgzip ends a file with
        }
        assertThat(NiftiVolume.read(members.toByteArray(), LIMITS).values(1)).containsExactly(1, 2);
        members.writeBytes(new byte[7]);
        assertThat(NiftiVolume.read(members.toByteArray(), LIMITS).values(1)).containsExactly(1, 2);
    }

    @Test
    void refusesGzipOfAMillionBytesOfNothing() {
        byte[] empty = TestNifti.gzip(new byte[0]);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 50_000; i++) {
            members.writeBytes(empty);
        }
        assertThat(reason(members.toByteArray())).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void passesOverTheWordsInAGzipHeader() {
        byte[] plain = file().gzip(1, 2);
        byte[] words = {4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3, 2, 0, 'e', 'x', 'n', 0, 'c', 0, 9, 9};
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        told.write(plain, 0, 3);
        told.writeBytes(words);
        told.write(plain, 10, plain.length - 10);
        assertThat(NiftiVolume.read(told.toByteArray(), LIMITS).values(1)).containsExactly(1, 2);
    }

    @Test
    void stopsInflatingWhenThereIsNoTimeLeft() {
        DecodeLimits noTime = LIMITS.withMaxTime(Duration.ofNanos(1));

        assertThat(reason(() -> NiftiVolume.read(file().gzip(1, 2), noTime))).isEqualTo(Reason.DECODING_TOO_SLOW);
    }

    @ParameterizedTest
    @EnumSource(VoxelType.class)
    void refusesEveryFileThatEndsEarly(VoxelType type) {
        byte[] plain = TestNifti.of(type, 2, 2, 2).file(1, 2, 3, 4, 5, 6, 7, 8);
        byte[] gzip = TestNifti.gzip(plain);
        for (int length = 4; length < plain.length; length++) {
            assertThat(reason(Arrays.copyOf(plain, length))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
            assertThat(reason(TestNifti.gzip(Arrays.copyOf(plain, length)))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        }
        for (int length = 2; length < gzip.length; length++) {
            assertThat(reason(Arrays.copyOf(gzip, length))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        }
    }

    @Test
    void refusesGzipThatFailsItsChecksum() {
        byte[] gzip = file().gzip(1, 2);
        gzip[gzip.length - 6] ^= 1;
        assertThat(reason(gzip)).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @Test
    void refusesVoxelsThatAreNowhere() {
        for (float offset : new float[] {-352, 351, 352.5f, 1e6f, 1e30f, Float.NaN, Float.NEGATIVE_INFINITY}) {
            byte[] file = file().file(1, 2);
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, offset);
            assertThat(reason(file)).as("offset %s", offset).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        }
        byte[] unsaid = file().file(1, 2);
        ByteBuffer.wrap(unsaid).putFloat(108, 0);
        assertThat(NiftiVolume.read(unsaid, LIMITS).values(1)).containsExactly(1, 2);
    }

    @Test
    void refusesValuesThatMeanNothing() {
        TestNifti nothing = TestNifti.of(VoxelType.FLOAT32, 2, 1);
        assertThat(reason(nothing.file(Double.NaN, Double.POSITIVE_INFINITY))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(file().scaling(1, Double.NaN).file(1, 2))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(TestNifti.of(VoxelType.FLOAT64, 2, 1)
                        .second(true)
                        .scaling(1e300, 0)
                        .file(0, 1e300)))
                .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(TestNifti.of(VoxelType.FLOAT64, 2, 1)
                        .second(true)
                        .scaling(1e-300, 0)
                        .file(0, 1e-30)))
                .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @Test
    void guessesNoFrame() {
        NiftiVolume volume =
                NiftiVolume.read(TestNifti.of(VoxelType.UINT8, 1, 1, 2).file(1, 2), LIMITS);
        assertThat(reason(() -> volume.grid(OptionalInt.empty()))).isEqualTo(Reason.MANY_IMAGES);
        assertThat(reason(() -> volume.grid(OptionalInt.of(3)))).isEqualTo(Reason.NO_SUCH_FRAME);
        assertThat(reason(() -> volume.values(0))).isEqualTo(Reason.NO_SUCH_FRAME);
        assertThat(reason(() -> volume.stored(3))).isEqualTo(Reason.NO_SUCH_FRAME);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static TestNifti file() {
        return TestNifti.of(VoxelType.UINT8, 2, 1);
    }

    private static Reason reason(byte[] file) {
        return refusal(file).reason();
    }

    private static ImageRefusedException refusal(byte[] file) {
        ImageRefusedException refused =
                catchThrowableOfType(ImageRefusedException.class, () -> NiftiVolume.read(file, LIMITS));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Reason reason(Runnable use) {
        ImageRefusedException refused = catchThrowableOfType(ImageRefusedException.class, use::run);
        assertThat(refused).isNotNull();
        return refused.reason();
    }
}
