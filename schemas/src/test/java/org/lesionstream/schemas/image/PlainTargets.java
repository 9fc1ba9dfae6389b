package org.lesionstream.schemas.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalInt;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;

/** The plain picture formats as attack surface. */
public final class PlainTargets implements Targets {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 18, 16);

    @Override
    public List<Target> targets() {
        return List.of(
                target("png", pngs(), PlainTargets::use),
                target("png-sound-checksums", pngs(), bytes -> use(Png.withSoundChecksums(bytes))),
                target("jpeg", jpegs(), bytes -> {
                    PlainDecoder.jpegComponents(bytes, LIMITS);
                    use(bytes);
                }),
                target("tiff", tiffs(), PlainTargets::use),
                target("bmp", bmps(), PlainTargets::use));
    }

    private static Target target(String name, List<byte[]> sound, Target.Reader reader) {
        return new Target(name, sound, reader, ImageRefusedException.class);
    }

    /** Every picture of a file, and the file as one picture. */
    private static void use(byte[] bytes) {
        int pages = PlainDecoder.pages(bytes, LIMITS);
        PlainDecoder.decode(bytes, OptionalInt.of(pages), LIMITS);
        if (pages == 1) {
            PlainDecoder.decode(bytes, LIMITS);
        }
    }

    private static List<byte[]> pngs() {
        byte[] text = ("Comment\0" + Target.MARK).getBytes(ISO_8859_1);
        return List.of(
                Png.withChunk(Pictures.encode(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR), "png"), "tEXt", text),
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_INDEXED), "png"),
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_BINARY), "png"),
                Pictures.encode(Pictures.wide(2), "png"));
    }

    private static List<byte[]> jpegs() {
        return List.of(
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY), "jpeg"),
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR), "jpeg"),
                Pictures.progressive(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR)));
    }

    private static List<byte[]> tiffs() {
        BufferedImage grey = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage colour = Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR);
        return List.of(
                Pictures.encode(Pictures.wide(1), "tiff"),
                Pictures.pages(colour, grey),
                Pictures.tiff(colour, "LZW"),
                Pictures.tiff(grey, "Deflate"),
                Pictures.tiff(grey, "PackBits"),
                Pictures.tiff(Pictures.ofType(BufferedImage.TYPE_BYTE_BINARY), "CCITT T.6"));
    }

    private static List<byte[]> bmps() {
        return List.of(
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR), "bmp"),
                Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_INDEXED), "bmp"));
    }
}
