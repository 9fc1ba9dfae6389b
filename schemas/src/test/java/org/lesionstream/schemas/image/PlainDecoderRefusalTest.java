package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    @Test
    void refusesAJpegOfTooManySegments() {
        byte[] file = Pictures.encode(COLOUR, "jpeg");
        byte[] profile = {(byte) 0xff, (byte) 0xe2, 0, 4, 1, 2};
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(file, 0, 2);
        for (int i = 0; i < 5000; i++) {
            bomb.writeBytes(profile);
        }
        bomb.write(file, 2, file.length - 2);
        assertThat(refusal(bomb.toByteArray())).hasMessageContaining("4096 segments");
    }

    @Test
    void refusesAPngOfTooManyChunks() {
        byte[] file = Pictures.encode(COLOUR, "png");
        byte[] empty = Png.chunk("IDAT", new byte[0]);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(file, 0, Png.BEHIND_HEADER);
        for (int i = 0; i < 100_000; i++) {
            bomb.writeBytes(empty);
        }
        bomb.write(file, Png.BEHIND_HEADER, file.length - Png.BEHIND_HEADER);
        assertThat(refusal(bomb.toByteArray())).hasMessageContaining("100000 chunks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tEXt", "zTXt", "iTXt", "iCCP"})
    void takesNoNoticeOfText(String type) {
        byte[] palette = Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_INDEXED), "png");
        byte[] noDeflate = "Comment\0\0\0\0\0this is no deflate stream".getBytes(StandardCharsets.US_ASCII);
        assertThat(PlainDecoder.decode(Png.withChunk(palette, type, noDeflate), DecodeLimits.DEFAULT)
                        .samples())
                .isEqualTo(PlainDecoder.decode(palette, DecodeLimits.DEFAULT).samples());
    }

    /** Looked up anew for each strip, a field behind 65,000 others costs minutes. */
    @Test
    @Timeout(10)
    void refusesATiffOfMoreStripsThanRowsAtOnce() {
        int fields = 65_000;
        int strips = 30_000;
        int values = 8 + 2 + 12 * fields + 4;
        ByteBuffer tiff = ByteBuffer.allocate(values + 4 * strips).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) fields);
        for (int unknown = 5; unknown < fields; unknown++) {
            field(tiff, 40_000, 1, 0);
        }
        field(tiff, 256, 1, 100);
        field(tiff, 257, 1, 100);
        field(tiff, 258, 1, 8);
        field(tiff, 273, strips, values);
        field(tiff, 279, strips, values + 2 * strips);

        assertThat(reason(tiff.array())).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        tiff.putShort(8 + 2 + 12 * (fields - 4) + 8, (short) strips); // as many rows as strips, and still no pixels
        assertThat(reason(tiff.array())).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
    }

    private static void field(ByteBuffer tiff, int tag, int count, int value) {
        tiff.putShort((short) tag).putShort((short) 3).putInt(count).putInt(value);
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

    private static ImageRefusedException refusal(byte[] file) {
        return refusal(file, DecodeLimits.DEFAULT);
    }

    private static Reason reason(byte[] file, DecodeLimits limits) {
        return refusal(file, limits).reason();
    }

    private static ImageRefusedException refusal(byte[] file, DecodeLimits limits) {
        ImageRefusedException refused =
                catchThrowableOfType(ImageRefusedException.class, () -> PlainDecoder.decode(file, limits));
        assertThat(refused).isNotNull();
        return refused;
    }
}
