package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.testing.SharedFolder;

class TiffPagesTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 100_000, 64);
    private static final byte[] PAGES = Pictures.pages(grey(3, 2, 10), grey(5, 4, 100), colour());

    @Test
    void decodesThePageThatIsAskedForAndGuessesNone() {
        assertThat(PlainDecoder.pages(PAGES, LIMITS)).isEqualTo(3);
        assertThat(page(1)).isEqualTo(PlainDecoder.decode(Pictures.encode(grey(3, 2, 10), "tiff"), LIMITS));
        assertThat(page(2).sample(3, 4, 0)).isEqualTo(119);
        assertThat(page(3).channels()).isEqualTo(3);
        assertThat(reason(() -> PlainDecoder.decode(PAGES, LIMITS))).isEqualTo(Reason.MANY_IMAGES);
        assertThat(reason(() -> page(4))).isEqualTo(Reason.NO_SUCH_FRAME);
    }

    @Test
    void knowsOnePageInOtherFormats() {
        for (String format : new String[] {"png", "jpeg", "bmp", "tiff"}) {
            byte[] file = Pictures.encode(colour(), format);
            assertThat(PlainDecoder.pages(file, LIMITS)).isEqualTo(1);
            assertThat(PlainDecoder.decode(file, OptionalInt.of(1), LIMITS))
                    .isEqualTo(PlainDecoder.decode(file, LIMITS));
            assertThat(reason(() -> PlainDecoder.decode(file, OptionalInt.of(2), LIMITS)))
                    .isEqualTo(Reason.NO_SUCH_FRAME);
        }
        assertThat(reason(() -> PlainDecoder.pages(new byte[8], LIMITS))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void checksThePageThatIsAskedForAndNoOther() {
        DecodeLimits small = new DecodeLimits(1 << 20, 19, 64); // one pixel less than the second page
        assertThat(PlainDecoder.decode(PAGES, OptionalInt.of(1), small).height())
                .isEqualTo(2);
        assertThat(reason(() -> PlainDecoder.decode(PAGES, OptionalInt.of(2), small)))
                .isEqualTo(Reason.TOO_MANY_PIXELS);
    }

    @Test
    void refusesPagesThatRunInACircle() {
        byte[] circle = PAGES.clone();
        ByteBuffer file =
                ByteBuffer.wrap(circle).order(circle[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int first = file.getInt(4);
        file.putInt(first + 2 + 12 * file.getShort(first), first);

        assertThat(reason(() -> PlainDecoder.pages(circle, LIMITS))).isEqualTo(Reason.TRUNCATED_OR_DAMAGED);
        assertThat(reason(() -> PlainDecoder.decode(circle, OptionalInt.of(Integer.MAX_VALUE), LIMITS)))
                .isEqualTo(Reason.NO_SUCH_FRAME);
    }

    @Test
    void refusesOrDecodesDamagedPages() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = PAGES.clone();
            for (int i = 0; i <= seed % 4; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PlainDecoder.pages(damaged, LIMITS))
                        .as("seed %d", seed)
                        .isPositive();
                PlainDecoder.decode(damaged, OptionalInt.of(1 + seed % 3), LIMITS);
            } catch (ImageRefusedException refused) {
                assertThat(refused.reason()).as("seed %d", seed).isNotNull();
            }
        }
    }

    @Test
    void countsThePagesOfARealFileThoughTheirSamplesAreNotRead() throws IOException {
        byte[] file = Files.readAllBytes(SharedFolder.path("data/odd_files/multipage_rgb.tif"));
        assertThat(PlainDecoder.pages(file, LIMITS)).isEqualTo(2);
        assertThat(reason(() -> PlainDecoder.decode(file, OptionalInt.of(2), LIMITS)))
                .isEqualTo(Reason.UNSUPPORTED_FORMAT); // floating point
    }

    private static PixelGrid page(int number) {
        return PlainDecoder.decode(PAGES, OptionalInt.of(number), LIMITS);
    }

    private static BufferedImage grey(int width, int height, int first) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, first + i);
        }
        return image;
    }

    private static BufferedImage colour() {
        return Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR);
    }

    private static Reason reason(ThrowingCallable call) {
        ImageRefusedException refused = catchThrowableOfType(ImageRefusedException.class, call);
        assertThat(refused).isNotNull();
        return refused.reason();
    }
}
