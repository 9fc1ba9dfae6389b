package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

class PlainDecoderRefusalTest {

    private static final BufferedImage COLOUR = Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR);

    @Test
    void refusesWhatIsNoPicture() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason("Patient: none".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(reason(Pictures.encode(COLOUR, "gif"))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void refusesTooManyBytesBeforeLookingAtThem() {
        DecodeLimits limits = new DecodeLimits(100, 1000, 1);
        assertThat(reason(new byte[101], limits)).isEqualTo(Reason.TOO_MANY_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "bmp"})
    void refusesTooManyPixels(String format) {
        byte[] file = Pictures.encode(COLOUR, format);
        long pixels = Pictures.HEIGHT * Pictures.WIDTH;
        assertThat(reason(file, new DecodeLimits(1 << 20, pixels - 1, 64))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(PlainDecoder.decode(file, new DecodeLimits(1 << 20, pixels, 64)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "bmp"})
    void stopsWhenThereIsNoTimeLeft(String format) {
        DecodeLimits noTime = DecodeLimits.DEFAULT.withMaxTime(Duration.ofNanos(1));
        assertThat(reason(Pictures.encode(COLOUR, format), noTime)).isEqualTo(Reason.DECODING_TOO_SLOW);
    }

    /** Some hundred milliseconds of work. A look at the clock before it begins would find time left. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void stopsInTheMiddleOfAPicture(String format) {
        DecodeLimits little = DecodeLimits.DEFAULT.withMaxTime(Duration.ofMillis(5));
        assertThat(reason(Pictures.encode(noise(2000), format), little)).isEqualTo(Reason.DECODING_TOO_SLOW);
    }

    @Test
    void refusesABombByItsHeader() {
        assertThat(reason(Png.ofSize(30_000, 30_000))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(Png.ofSize(Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(Png.ofSize(-1, -1))).isEqualTo(Reason.TOO_MANY_PIXELS); // unsigned in the file
        assertThat(reason(Png.ofSize(0, 10))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "bmp"})
    void refusesEveryFileThatEndsEarly(String format) {
        byte[] file = Pictures.encode(COLOUR, format);
        for (int length = 8; length < file.length; length++) {
            assertThat(reason(Arrays.copyOf(file, length)))
                    .as("%s cut to %d of %d bytes", format, length, file.length)
                    .isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        }
    }

    @Test
    void refusesAJpegThatLostBytesInTheMiddle() {
        byte[] file = Pictures.encode(noise(100), "jpeg");
        byte[] torn = new byte[file.length - 2000];
        System.arraycopy(file, 0, torn, 0, file.length - 2002);
        torn[torn.length - 2] = (byte) 0xff;
        torn[torn.length - 1] = (byte) 0xd9; // an end marker in the right place, but pixels are missing
        assertThat(reason(torn)).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @Test
    void refusesAPngWithOneWrongBit() {
        byte[] file = Pictures.encode(noise(100), "png");
        file[file.length / 2] ^= 1;
        assertThat(reason(file)).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    @Test
    void refusesAJpegOfTooManyScans() {
        byte[] file = Pictures.encode(COLOUR, "jpeg");
        byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(file, 0, file.length - 2);
        for (int i = 0; i < 64; i++) {
            bomb.writeBytes(scan);
        }
        bomb.write(file, file.length - 2, 2);
        assertThat(reason(bomb.toByteArray())).isEqualTo(Reason.TOO_MANY_SCANS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "bmp"})
    void decodesOrRefusesWhateverBytesChange(String format) {
        byte[] file = Pictures.encode(COLOUR, format);
        DecodeLimits limits = new DecodeLimits(1 << 20, 100_000, 64);
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            byte[] mutated = file.clone();
            for (int i = 0; i <= seed % 4; i++) {
                mutated[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                PixelGrid grid = PlainDecoder.decode(mutated, limits);
                assertThat((long) grid.height() * grid.width()).isLessThanOrEqualTo(limits.maxPixels());
            } catch (ImageRefusedException refused) {
                assertThat(refused.reason()).as("seed %d", seed).isNotNull();
            }
        }
    }

    private static BufferedImage noise(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(5);
        for (int i = 0; i < side * side; i++) {
            image.getRaster().setSample(i % side, i / side, 0, random.nextInt(256));
        }
        return image;
    }

    private static Reason reason(byte[] file) {
        return reason(file, DecodeLimits.DEFAULT);
    }

    private static Reason reason(byte[] file, DecodeLimits limits) {
        ImageRefusedException refused =
                catchThrowableOfType(ImageRefusedException.class, () -> PlainDecoder.decode(file, limits));
        assertThat(refused).isNotNull();
        return refused.reason();
    }
}
