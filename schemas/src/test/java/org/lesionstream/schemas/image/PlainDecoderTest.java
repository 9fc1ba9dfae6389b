package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDecoderTest {

    private static final int BEHIND_JFIF = 20;

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void decodesGreyWithoutBendingIt(String format) {
        PixelGrid grid = decode(Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY), format);
        assertThat(grid.channels()).isEqualTo(1);
        assertValues(grid, 255, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void decodesColour(String format) {
        PixelGrid grid = decode(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR), format);
        assertThat(grid.channels()).isEqualTo(3);
        assertValues(grid, 255, 0);
    }

    @ParameterizedTest
    @CsvSource({"png,1", "png,2", "png,3", "png,4", "tiff,1", "tiff,3"})
    void decodesSixteenBitsAsSignedSamplesThatMeanTheUnsignedOnes(String format, int samples) {
        PixelGrid grid = decode(Pictures.wide(samples), format);
        assertThat(grid.type()).isEqualTo(SampleType.INT16);
        assertThat(grid.rescale()).isEqualTo(Rescale.UNSIGNED_16);
        assertThat(grid.channels()).isEqualTo(samples < 3 ? 1 : 3);
        assertValues(grid, 65535, 0);
    }

    @Test
    void leavesTheComponentsOfAJpegAsTheyAreCoded() {
        BufferedImage yellow = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 64; i++) {
            yellow.setRGB(i % 8, i / 8, 0xffff00);
        }
        byte[] jpeg = Pictures.encode(yellow, "jpeg");
        PixelGrid coded = PlainDecoder.jpegComponents(jpeg, DecodeLimits.DEFAULT);
        assertThat(new int[] {coded.sample(3, 3, 0), coded.sample(3, 3, 1), coded.sample(3, 3, 2)})
                .containsExactly(226, 0, 149); // luminance, and differences of blue and red
        assertThat(PlainDecoder.decode(jpeg, DecodeLimits.DEFAULT).sample(3, 3, 0))
                .isEqualTo(255);
        assertThatExceptionOfType(ImageRefusedException.class)
                .isThrownBy(() -> PlainDecoder.jpegComponents(Pictures.encode(yellow, "png"), DecodeLimits.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void dropsAlpha(String format) {
        PixelGrid grid = decode(Pictures.ofType(BufferedImage.TYPE_4BYTE_ABGR), format);
        assertThat(grid.channels()).isEqualTo(3);
        assertValues(grid, 255, 0);
    }

    @ParameterizedTest
    @CsvSource({"TYPE_BYTE_GRAY,10,1", "TYPE_3BYTE_BGR,5,3"})
    void decodesJpegToWithinItsLoss(String name, int type, int channels) {
        PixelGrid grid = decode(Pictures.ofType(type), "jpeg");
        assertThat(grid.channels()).isEqualTo(channels);
        assertValues(grid, 255, 12);
    }

    /** Sample by sample what the JDK's reader makes of the file by itself. */
    @ParameterizedTest
    @CsvSource({
        "png,TYPE_BYTE_GRAY",
        "png,TYPE_3BYTE_BGR",
        "png,TYPE_4BYTE_ABGR",
        "jpeg,TYPE_BYTE_GRAY",
        "jpeg,TYPE_3BYTE_BGR",
        "tiff,TYPE_3BYTE_BGR",
        "bmp,TYPE_3BYTE_BGR"
    })
    void givesTheNumbersThatTheReaderGives(String format, String type) throws Exception {
        int layout = BufferedImage.class.getField(type).getInt(null);
        byte[] file = Pictures.encode(Pictures.ofType(layout), format);
        PixelGrid grid = PlainDecoder.decode(file, DecodeLimits.DEFAULT);
        Raster raster = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
        for (int r = 0; r < grid.height(); r++) {
            for (int c = 0; c < grid.width(); c++) {
                for (int k = 0; k < grid.channels(); k++) {
                    assertThat(grid.sample(r, c, k)).isEqualTo(raster.getSample(c, r, k));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void turnsPalettesIntoColour(String format) {
        byte[] red = new byte[256];
        byte[] green = new byte[256];
        byte[] blue = new byte[256];
        new Random(1).nextBytes(red);
        new Random(2).nextBytes(green);
        new Random(3).nextBytes(blue);
        IndexColorModel palette = new IndexColorModel(8, 256, red, green, blue);
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED, palette);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, i);
        }
        PixelGrid grid = decode(image, format);
        assertThat(grid.channels()).isEqualTo(3);
        for (int i = 0; i < 256; i++) {
            assertThat(grid.sample(i / 16, i % 16, 0)).isEqualTo(red[i] & 0xff);
            assertThat(grid.sample(i / 16, i % 16, 1)).isEqualTo(green[i] & 0xff);
            assertThat(grid.sample(i / 16, i % 16, 2)).isEqualTo(blue[i] & 0xff);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void decodesOneBitPicturesAsBlackAndWhite(String format) {
        BufferedImage image = new BufferedImage(13, 3, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setSample(12, 1, 0, 1);
        PixelGrid grid = decode(image, format);
        assertThat(grid.channels()).isEqualTo(1);
        assertThat(grid.sample(1, 12, 0)).isEqualTo(255);
        assertThat(grid.sample(1, 11, 0)).isZero();
    }

    /** A profile of linear light, which would change most values if it were applied. */
    @ParameterizedTest
    @CsvSource({"TYPE_BYTE_GRAY,10", "TYPE_3BYTE_BGR,5"})
    void leavesTheSamplesOfAJpegAsTheyAreWhateverItsColourProfile(String name, int type) {
        byte[] jpeg = Pictures.encode(Pictures.ofType(type), "jpeg");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] profiled = ByteBuffer.allocate(jpeg.length + 18 + profile.length)
                .put(jpeg, 0, BEHIND_JFIF)
                .putShort((short) 0xffe2) // APP2
                .putShort((short) (16 + profile.length))
                .put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1) // of
                .put((byte) 1)
                .put(profile)
                .put(jpeg, BEHIND_JFIF, jpeg.length - BEHIND_JFIF)
                .array();
        assertThat(PlainDecoder.decode(profiled, DecodeLimits.DEFAULT))
                .isEqualTo(PlainDecoder.decode(jpeg, DecodeLimits.DEFAULT));
    }

    /** Text metadata that would not even inflate does no harm, because nobody inflates it: the way in for compression bombs is shut. */
    @Test
    void neverLooksIntoCompressedText() {
        byte[] png = Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] notDeflate = "Comment\0\0this is no deflate stream".getBytes(StandardCharsets.US_ASCII);
        assertValues(PlainDecoder.decode(Png.withChunk(png, "zTXt", notDeflate), DecodeLimits.DEFAULT), 255, 0);
        assertValues(PlainDecoder.decode(Png.withChunk(png, "iCCP", notDeflate), DecodeLimits.DEFAULT), 255, 0);
    }

    private static PixelGrid decode(BufferedImage image, String format) {
        PixelGrid grid = PlainDecoder.decode(Pictures.encode(image, format), DecodeLimits.DEFAULT);
        assertThat(grid.height()).isEqualTo(image.getHeight());
        assertThat(grid.width()).isEqualTo(image.getWidth());
        assertThat(grid.spacing()).isEmpty();
        return grid;
    }

    private static void assertValues(PixelGrid grid, int highest, int tolerance) {
        for (int r = 0; r < grid.height(); r++) {
            for (int c = 0; c < grid.width(); c++) {
                for (int k = 0; k < grid.channels(); k++) {
                    int meaning = (int) grid.rescale().meaning(grid.sample(r, c, k));
                    assertThat(meaning).isCloseTo(Pictures.value(r, c, k, highest), within(tolerance));
                }
            }
        }
    }
}
