package org.lesionstream.worker.decode;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Finds the decoder of a picture by its first bytes. A media type or a file name proves nothing about content, so none is
 * asked for.
 */
public final class DecoderCatalog {

    private final List<ImageDecoder> decoders;

    /** Asks the decoders in the given order. */
    public DecoderCatalog(List<ImageDecoder> decoders) {
        this.decoders = List.copyOf(decoders);
    }

    /** Every format that the worker reads. */
    public static DecoderCatalog standard(DecodeLimits limits) {
        return new DecoderCatalog(
                List.of(new DicomImageDecoder(limits), new NiftiImageDecoder(limits), new PlainImageDecoder(limits)));
    }

    /**
     * Decodes a picture of any format that some decoder knows.
     *
     * @param frame which one of several, counted from 1; empty where one is expected
     * @param where JSON pointer of the source in the job
     * @throws SegmentationException if no decoder knows the format, or the one that does refuses the picture
     */
    public PixelGrid decode(byte[] bytes, OptionalInt frame, String where) {
        return ask(bytes, where, decoder -> decoder.decode(bytes, frame));
    }

    /**
     * How many pictures a source of any format holds that some decoder knows, and where they lie; decodes no pixels.
     *
     * @param where JSON pointer of the source in the job
     * @throws SegmentationException if no decoder knows the format, or the one that does refuses the source
     */
    public SourceLayout layout(byte[] bytes, String where) {
        return ask(bytes, where, decoder -> decoder.layout(bytes));
    }

    private <T> T ask(byte[] bytes, String where, Function<ImageDecoder, T> question) {
        ImageDecoder decoder = decoders.stream()
                .filter(candidate -> candidate.recognises(bytes))
                .findFirst()
                .orElseThrow(() -> new SegmentationException(FailureCode.UNSUPPORTED_FORMAT, where));
        try {
            return question.apply(decoder);
        } catch (ImageRefusedException e) {
            boolean frameAtFault = e.reason() == ImageRefusedException.Reason.NO_SUCH_FRAME;
            throw new SegmentationException(codeOf(e.reason()), frameAtFault ? where + "/frame" : where, e);
        }
    }

    /** The code that a refusal has in messages. */
    public static FailureCode codeOf(ImageRefusedException.Reason reason) {
        return switch (reason) {
            case UNSUPPORTED_FORMAT -> FailureCode.UNSUPPORTED_FORMAT;
            case UNSUPPORTED_TRANSFER_SYNTAX -> FailureCode.UNSUPPORTED_TRANSFER_SYNTAX;
            case NO_PIXELS -> FailureCode.NO_PIXELS;
            case TOO_MANY_BYTES -> FailureCode.TOO_MANY_BYTES;
            case TOO_MANY_PIXELS -> FailureCode.TOO_MANY_PIXELS;
            case TRUNCATED_OR_DAMAGED -> FailureCode.IMAGE_DAMAGED;
            case TOO_MANY_SCANS -> FailureCode.TOO_MANY_SCANS;
            case DECODING_TOO_SLOW -> FailureCode.DECODING_TOO_SLOW;
            case MANY_IMAGES -> FailureCode.MANY_IMAGES;
            case NO_SUCH_FRAME -> FailureCode.SOURCE_NOT_FOUND;
        };
    }
}
