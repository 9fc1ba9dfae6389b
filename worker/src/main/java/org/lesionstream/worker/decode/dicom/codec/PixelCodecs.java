package org.lesionstream.worker.decode.dicom.codec;

import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** The codecs that there are: those of libraries first, then our own. */
public final class PixelCodecs {

    private static final List<PixelCodec> ALL = Stream.concat(
                    ServiceLoader.load(PixelCodec.class, PixelCodec.class.getClassLoader()).stream()
                            .map(ServiceLoader.Provider::get),
                    Stream.of(new RleCodec(), new JpegCodec(), new JpegLsCodec()))
            .toList();

    private static final Pattern STANDARD = Pattern.compile("1\\.2\\.840\\.10008\\.[0-9.]{1,40}");

    private PixelCodecs() {}

    /**
     * The codec of a transfer syntax.
     *
     * @throws ImageRefusedException if there is none
     */
    public static PixelCodec of(String transferSyntax) {
        return ALL.stream()
                .filter(codec -> codec.decodes(transferSyntax))
                .findFirst()
                .orElseThrow(() -> new ImageRefusedException(
                        Reason.UNSUPPORTED_TRANSFER_SYNTAX,
                        "no codec for transfer syntax " + printable(transferSyntax)));
    }

    /** A UID of the standard as it is; whatever else stands there is not repeated. */
    private static String printable(String transferSyntax) {
        return STANDARD.matcher(transferSyntax).matches() ? transferSyntax : "outside of the standard";
    }
}
