package org.lesionstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.InlineBytes;
import org.lesionstream.worker.delivery.ImagePart;

class ImagePreparerTest {

    private static final byte[] GREY = Pictures.grey(3, 2, 10);

    private final ImagePreparer preparer = new ImagePreparer(
            new ImageFetcher(List.of(), 1 << 20),
            new DecoderCatalog(List.of(new PlainImageDecoder(new DecodeLimits(1 << 20, 6, 64)))));

    @Test
    void decodesAPictureAndNamesItByItsBytes() {
        DecodedImage image = prepare(GREY);

        assertThat(image.grid())
                .isEqualTo(new PixelGrid(
                        2, 3, 1, SampleType.UINT8, new byte[] {10, 11, 12, 13, 14, 15}, Optional.empty()));
        assertThat(image.sha256()).isEqualTo(Digest.of(GREY));
    }

    @Test
    void believesBytesMoreThanTheMediaType() {
        assertThat(decode(source(GREY, Optional.of("image/jpeg"), Optional.empty(), OptionalInt.empty()))
                        .grid()
                        .width())
                .isEqualTo(3);
    }

    @Test
    void comparesTheChecksumOfTheJob() {
        Digest right = Digest.of(GREY);
        Digest wrong = Digest.of(new byte[0]);

        assertThat(decode(source(GREY, Optional.empty(), Optional.of(right), OptionalInt.empty()))
                        .sha256())
                .isEqualTo(right);
        assertFails(
                FailureCode.CHECKSUM_MISMATCH,
                "/image/sha256",
                () -> preparer.prepare(source(GREY, Optional.empty(), Optional.of(wrong), OptionalInt.empty())));
    }

    @Test
    void refusesAFrameThatAPlainPictureDoesNotHave() {
        assertThat(preparer.prepare(source(GREY, Optional.empty(), Optional.empty(), OptionalInt.of(1))))
                .isEqualTo(preparer.prepare(ImageSource.inline(GREY)));
        assertFails(
                FailureCode.SOURCE_NOT_FOUND,
                "/image/frame",
                () -> preparer.prepare(source(GREY, Optional.empty(), Optional.empty(), OptionalInt.of(2))));
    }

    @Test
    void givesEveryRefusalItsCode() {
        assertFails(FailureCode.UNSUPPORTED_FORMAT, "/image", () -> prepare(new byte[] {'G', 'I', 'F', '8', '9', 'a'}));
        assertFails(FailureCode.IMAGE_DAMAGED, "/image", () -> prepare(Arrays.copyOf(GREY, GREY.length - 20)));
        assertFails(FailureCode.TOO_MANY_PIXELS, "/image", () -> prepare(Pictures.grey(7, 1, 0)));
    }

    @Test
    void hasACodeForEveryReasonOfADecoder() {
        for (ImageRefusedException.Reason reason : ImageRefusedException.Reason.values()) {
            ImageDecoder refusing = new ImageDecoder() {
                @Override
                public boolean recognises(byte[] bytes) {
                    return true;
                }

                @Override
                public PixelGrid decode(byte[] bytes, OptionalInt frame) {
                    throw new ImageRefusedException(reason, "because");
                }

                @Override
                public SourceLayout layout(byte[] bytes) {
                    throw new ImageRefusedException(reason, "3 of 2");
                }
            };
            FailureCode code =
                    switch (reason) {
                        case TRUNCATED_OR_DAMAGED -> FailureCode.IMAGE_DAMAGED;
                        case NO_SUCH_FRAME -> FailureCode.SOURCE_NOT_FOUND;
                        default -> FailureCode.valueOf(reason.name());
                    };
            String where = reason == ImageRefusedException.Reason.NO_SUCH_FRAME ? "/image/frame" : "/image";
            assertFails(code, where, () -> new DecoderCatalog(List.of(refusing))
                    .decode(GREY, OptionalInt.empty(), "/image"));
        }
        assertFails(FailureCode.UNSUPPORTED_FORMAT, "/image", () -> new DecoderCatalog(List.of())
                .decode(GREY, OptionalInt.empty(), "/image"));
    }

    @Test
    void putsGreyPicturesTogetherAsChannels() {
        byte[] second = Pictures.grey(3, 2, 50);

        DecodedImage image = decode(channels(GREY, second));

        assertThat(image.grid().channels()).isEqualTo(2);
        assertThat(image.grid().samples()).containsExactly(10, 50, 11, 51, 12, 52, 13, 53, 14, 54, 15, 55);
        assertThat(image.sha256())
                .isEqualTo(Digest.of(HexFormat.of()
                        .parseHex(Digest.of(GREY).hex() + Digest.of(second).hex())));
    }

    @Test
    void keepsBothBytesOfSixteenBitChannels() {
        PixelGrid one = new PixelGrid(1, 2, 1, SampleType.INT16, new byte[] {1, 2, 3, 4}, Optional.empty());
        PixelGrid two = new PixelGrid(1, 2, 1, SampleType.INT16, new byte[] {5, 6, 7, 8}, Optional.empty());

        assertThat(ChannelStack.of(List.of(one, two)).samples()).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
    }

    @Test
    void refusesChannelsThatDoNotFit() {
        for (byte[] other : List.of(Pictures.grey(2, 3, 0), Pictures.grey16(3, 2), Pictures.colour(3, 2))) {
            assertFails(
                    FailureCode.IMAGE_NOT_SUITABLE, "/image/channels/1", () -> preparer.prepare(channels(GREY, other)));
        }
    }

    @Test
    void pointsAtTheChannelThatIsWrong() {
        byte[] damaged = Arrays.copyOf(GREY, GREY.length - 20);

        assertFails(
                FailureCode.IMAGE_DAMAGED, "/image/channels/2", () -> preparer.prepare(channels(GREY, GREY, damaged)));
    }

    @Test
    void tellsTheImagesOfASourceWithManyInPlaceOfDecodingThem() {
        byte[] pages = Pictures.pages(3, 2, 3);

        ManyImages images = (ManyImages) preparer.prepare(ImageSource.inline(pages));

        assertThat(images.sha256()).isEqualTo(Digest.of(pages));
        assertThat(images.parts())
                .containsExactly(
                        new ImagePart(Optional.empty(), OptionalInt.of(1), Optional.empty()),
                        new ImagePart(Optional.empty(), OptionalInt.of(2), Optional.empty()),
                        new ImagePart(Optional.empty(), OptionalInt.of(3), Optional.empty()));
        assertThat(decode(source(pages, Optional.empty(), Optional.empty(), OptionalInt.of(2)))
                        .grid()
                        .width())
                .isEqualTo(3);
    }

    @Test
    void takesChannelsThatHoldEquallyManyImages() {
        byte[] pages = Pictures.pages(3, 2, 3);
        byte[] fewer = Pictures.pages(3, 2, 2);

        ManyImages images = (ManyImages) preparer.prepare(channels(pages, pages));

        assertThat(images.parts()).hasSize(3);
        assertThat(images.sha256()).isNotEqualTo(Digest.of(pages));
        for (byte[] other : List.of(fewer, GREY)) {
            assertFails(
                    FailureCode.IMAGE_NOT_SUITABLE,
                    "/image/channels/1",
                    () -> preparer.prepare(channels(pages, other)));
        }
        assertFails(FailureCode.IMAGE_NOT_SUITABLE, "/image/channels/1", () -> preparer.prepare(channels(GREY, pages)));
    }

    private DecodedImage prepare(byte[] bytes) {
        return decode(ImageSource.inline(bytes));
    }

    private DecodedImage decode(ImageSource source) {
        return (DecodedImage) preparer.prepare(source);
    }

    private static ImageSource channels(byte[]... pictures) {
        return new ImageSource(
                Optional.empty(),
                Optional.empty(),
                Stream.of(pictures).map(ImageSource::inline).toList(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static ImageSource source(
            byte[] bytes, Optional<String> mediaType, Optional<Digest> sha256, OptionalInt frame) {
        return new ImageSource(
                Optional.empty(), Optional.of(new InlineBytes(bytes)), List.of(), mediaType, sha256, frame);
    }
}
