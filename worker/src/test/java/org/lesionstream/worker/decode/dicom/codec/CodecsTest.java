package org.lesionstream.worker.decode.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Every codec gives back what an encoder of these tests, written from the standards by itself, has coded. */
class CodecsTest {

    private static final int ROWS = 40;
    private static final int COLUMNS = 53;

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "3, 8", "3, 16", "1, 32"})
    void decodesRunLengths(int samples, int bits) {
        FrameLayout layout = new FrameLayout(ROWS, COLUMNS, samples, bits / 8);
        byte[] frame = TestFrames.bytes(
                TestFrames.samples(ROWS, COLUMNS, samples, Math.min(bits, 30), 1), layout.bytesPerSample());

        assertThat(decode(new RleCodec(), RleEncoder.encode(frame, layout), layout))
                .isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("losslessJpegs")
    void decodesLosslessJpeg(LosslessJpegEncoder encoder) {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, encoder.components(), encoder.precision(), 2);
        FrameLayout layout = layout(encoder.components(), encoder.precision());
        int[] expected = IntStream.of(samples)
                .map(sample -> sample >> encoder.shift() << encoder.shift())
                .toArray();

        assertThat(decode(new JpegCodec(), encoder.encode(samples), layout))
                .isEqualTo(TestFrames.bytes(expected, layout.bytesPerSample()));
    }

    static Stream<LosslessJpegEncoder> losslessJpegs() {
        Stream<LosslessJpegEncoder> predictors = IntStream.rangeClosed(1, 7)
                .boxed()
                .flatMap(predictor -> IntStream.of(2, 8, 12, 16)
                        .mapToObj(bits -> LosslessJpegEncoder.of(ROWS, COLUMNS, 1, bits, predictor)));
        Stream<LosslessJpegEncoder> others = Stream.of(
                new LosslessJpegEncoder(ROWS, COLUMNS, 3, 8, 1, 0, 0, true, false),
                new LosslessJpegEncoder(ROWS, COLUMNS, 3, 8, 6, 0, 0, false, false),
                new LosslessJpegEncoder(ROWS, COLUMNS, 3, 16, 4, 0, 5, true, true),
                new LosslessJpegEncoder(ROWS, COLUMNS, 1, 16, 7, 0, 1, true, true),
                new LosslessJpegEncoder(ROWS, COLUMNS, 1, 12, 5, 3, 7, true, false));
        return Stream.concat(predictors, others);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 3", "3, 0", "3, 5"})
    void decodesJpegOfTwelveBits(int components, int restartInterval) {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, components, 12, 3);
        byte[] coded = new TwelveBitJpegEncoder(ROWS, COLUMNS, components, restartInterval).encode(samples);

        int[] decoded = numbers(decode(new JpegCodec(), coded, layout(components, 12)), 2);

        for (int i = 0; i < samples.length; i++) {
            assertThat(decoded[i]).as("sample " + i).isCloseTo(samples[i], within(2)); // rounded coefficients
        }
    }

    @ParameterizedTest
    @MethodSource("jpegLs")
    void decodesJpegLs(JpegLsEncoder encoder) {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, encoder.components(), encoder.precision(), 4);
        int[] decodable = samples.clone();
        byte[] coded = encoder.encode(decodable);
        FrameLayout layout = layout(encoder.components(), encoder.precision());

        assertThat(decode(new JpegLsCodec(), coded, layout))
                .isEqualTo(TestFrames.bytes(decodable, layout.bytesPerSample()));
        for (int i = 0; i < samples.length; i++) {
            assertThat(decodable[i]).isCloseTo(samples[i], within(encoder.near()));
        }
    }

    static Stream<JpegLsEncoder> jpegLs() {
        Stream<JpegLsEncoder> grey = IntStream.rangeClosed(2, 16).boxed().flatMap(bits -> IntStream.of(0, 1, 3)
                .filter(near -> near <= (1 << bits) / 4)
                .mapToObj(near -> JpegLsEncoder.of(ROWS, COLUMNS, 1, bits, near, 0)));
        Stream<JpegLsEncoder> colour = IntStream.rangeClosed(0, 2)
                .boxed()
                .flatMap(mode -> IntStream.of(0, 2).boxed().flatMap(near -> IntStream.of(8, 12)
                        .mapToObj(bits -> JpegLsEncoder.of(ROWS, COLUMNS, 3, bits, near, mode))));
        Stream<JpegLsEncoder> preset =
                Stream.of(new JpegLsEncoder(ROWS, COLUMNS, 1, 12, 0, 0, new int[] {4095, 9, 30, 90, 31}));
        return Stream.of(grey, colour, preset).flatMap(stream -> stream);
    }

    @Test
    void decodesFramesOfOnePixelAndOneColumn() {
        for (int[] size : new int[][] {{1, 1}, {1, 9}, {9, 1}}) {
            int[] samples = TestFrames.samples(size[0], size[1], 1, 8, 5);
            FrameLayout layout = new FrameLayout(size[0], size[1], 1, 1);
            byte[] expected = TestFrames.bytes(samples, 1);

            assertThat(decode(new RleCodec(), RleEncoder.encode(expected, layout), layout))
                    .isEqualTo(expected);
            assertThat(decode(
                            new JpegCodec(),
                            LosslessJpegEncoder.of(size[0], size[1], 1, 8, 7).encode(samples),
                            layout))
                    .isEqualTo(expected);
            assertThat(decode(
                            new JpegLsCodec(),
                            JpegLsEncoder.of(size[0], size[1], 1, 8, 0, 0).encode(samples.clone()),
                            layout))
                    .isEqualTo(expected);
        }
    }

    @Test
    void refusesFramesOfAnotherSizeBeforeTheyTakeMemory() {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, 1, 8, 6);
        FrameLayout other = new FrameLayout(ROWS, COLUMNS + 1, 1, 1);

        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> decode(
                        new JpegCodec(),
                        LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 8, 1).encode(samples),
                        other));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> decode(
                        new JpegLsCodec(),
                        JpegLsEncoder.of(ROWS, COLUMNS, 1, 8, 0, 0).encode(samples),
                        other));
    }

    @Test
    void makesNothingUpWhereAFrameEnds() {
        int[] samples = TestFrames.samples(ROWS, COLUMNS, 1, 8, 7);
        FrameLayout layout = layout(1, 8);
        byte[] rle = RleEncoder.encode(TestFrames.bytes(samples, 1), layout);
        byte[] lossless = LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 8, 1).encode(samples);
        byte[] jpegLs = JpegLsEncoder.of(ROWS, COLUMNS, 1, 8, 0, 0).encode(samples);
        byte[] twelve = new TwelveBitJpegEncoder(ROWS, COLUMNS, 1, 0).encode(samples);

        for (int lost : new int[] {4, 5, 20, 300}) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> decode(new RleCodec(), Arrays.copyOf(rle, rle.length - lost), layout));
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> decode(new JpegCodec(), Arrays.copyOf(lossless, lossless.length - lost), layout));
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> decode(new JpegLsCodec(), Arrays.copyOf(jpegLs, jpegLs.length - lost), layout));
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> decode(new JpegCodec(), Arrays.copyOf(twelve, twelve.length - lost), layout(1, 12)));
        }
    }

    @Test
    void stopsWhenThereIsNoTimeLeft() {
        DecodeLimits noTime = DecodeLimits.DEFAULT.withMaxTime(Duration.ofNanos(1));
        int[] samples = TestFrames.samples(ROWS, COLUMNS, 1, 8, 8);
        FrameLayout layout = layout(1, 8);
        byte[] rle = RleEncoder.encode(TestFrames.bytes(samples, 1), layout);
        byte[] lossless = LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 8, 1).encode(samples);
        byte[] twelve = new TwelveBitJpegEncoder(ROWS, COLUMNS, 1, 0).encode(samples);
        byte[] jpegLs = JpegLsEncoder.of(ROWS, COLUMNS, 1, 8, 0, 0).encode(samples);

        assertRefused(Reason.DECODING_TOO_SLOW, () -> new RleCodec().decode(rle, layout, noTime));
        assertRefused(Reason.DECODING_TOO_SLOW, () -> new JpegCodec().decode(lossless, layout, noTime));
        assertRefused(Reason.DECODING_TOO_SLOW, () -> new JpegCodec().decode(twelve, layout(1, 12), noTime));
        assertRefused(Reason.DECODING_TOO_SLOW, () -> new JpegLsCodec().decode(jpegLs, layout, noTime));
    }

    /** Some hundred milliseconds of work. A look at the clock before it begins would find time left. */
    @Test
    void stopsInTheMiddleOfAFrame() {
        DecodeLimits little = DecodeLimits.DEFAULT.withMaxTime(Duration.ofMillis(5));
        int side = 2000;
        int[] samples = TestFrames.samples(side, side, 1, 16, 9);
        byte[] lossless = LosslessJpegEncoder.of(side, side, 1, 16, 1).encode(samples);
        byte[] jpegLs = JpegLsEncoder.of(side, side, 1, 16, 0, 0).encode(samples);
        FrameLayout layout = new FrameLayout(side, side, 1, 2);

        assertRefused(Reason.DECODING_TOO_SLOW, () -> new JpegCodec().decode(lossless, layout, little));
        assertRefused(Reason.DECODING_TOO_SLOW, () -> new JpegLsCodec().decode(jpegLs, layout, little));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.203", "1.2.840.10008.1.2.4.102", "Doe^Jane"})
    void saysWhichTransferSyntaxIsNotRead(String syntax) {
        assertRefused(Reason.UNSUPPORTED_TRANSFER_SYNTAX, () -> PixelCodecs.of(syntax));
        try {
            PixelCodecs.of(syntax);
        } catch (ImageRefusedException refused) {
            assertThat(refused.getMessage()).doesNotContain("Doe");
            assertThat(refused.getMessage().contains(syntax)).isEqualTo(syntax.startsWith("1.2"));
        }
    }

    private static byte[] decode(PixelCodec codec, byte[] coded, FrameLayout layout) {
        return codec.decode(coded, layout, DecodeLimits.DEFAULT);
    }

    private static FrameLayout layout(int samples, int bits) {
        return new FrameLayout(ROWS, COLUMNS, samples, bits > 8 ? 2 : 1);
    }

    private static int[] numbers(byte[] bytes, int size) {
        return IntStream.range(0, bytes.length / size)
                .map(i -> size == 1 ? bytes[i] & 0xff : (bytes[2 * i] & 0xff) | (bytes[2 * i + 1] & 0xff) << 8)
                .toArray();
    }
}
