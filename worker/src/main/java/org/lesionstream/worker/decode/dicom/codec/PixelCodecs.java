package org.lesionstream.worker.decode.dicom.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** The codecs that there are: those of libraries first, then our own. */
public final class PixelCodecs {

    /** Transfer syntax of JPEG 2000, lossless: read by builds that hold a library for it. */
    public static final String JPEG_2000 = "1.2.840.10008.1.2.4.90";

    private static final List<PixelCodec> ALL = all();

    private static final Pattern STANDARD = Pattern.compile("1\\.2\\.840\\.10008\\.[0-9.]{1,40}");

    private PixelCodecs() {}

    /** Whether there is a codec of that transfer syntax. */
    public static boolean decode(String transferSyntax) {
        return find(transferSyntax).isPresent();
    }

    /**
     * The codec of a transfer syntax.
     *
     * @throws ImageRefusedException if there is none
     */
    public static PixelCodec of(String transferSyntax) {
        return find(transferSyntax)
                .orElseThrow(() -> new ImageRefusedException(
                        Reason.UNSUPPORTED_TRANSFER_SYNTAX,
                        "no codec for transfer syntax " + printable(transferSyntax)));
    }

    private static List<PixelCodec> all() {
        List<PixelCodec> all = new ArrayList<>();
        ServiceLoader.load(PixelCodec.class, PixelCodec.class.getClassLoader()).forEach(all::add);
        all.addAll(List.of(new RleCodec(), new JpegCodec(), new JpegLsCodec()));
        Jpeg2000Codec.ifBuiltIn().ifPresent(all::add);
        return List.copyOf(all);
    }

    private static Optional<PixelCodec> find(String transferSyntax) {
        return ALL.stream().filter(codec -> codec.decodes(transferSyntax)).findFirst();
    }

    /** A UID of the standard as it is; whatever else stands there is not repeated. */
    private static String printable(String transferSyntax) {
        return STANDARD.matcher(transferSyntax).matches() ? transferSyntax : "outside of the standard";
    }
}
