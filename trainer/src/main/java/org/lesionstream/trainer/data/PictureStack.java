package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiVolume;

/** A file of several pictures in memory: read once, and inflated once where it is a volume. Immutable, for any thread. */
final class PictureStack {

    private final Path file;
    private final ByteBuffer sha256;
    private final long bytes;
    private final Function<OptionalInt, PixelGrid> pictures;

    private PictureStack(Path file, ByteBuffer sha256, long bytes, Function<OptionalInt, PixelGrid> pictures) {
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
        this.pictures = pictures;
    }

    /** @throws IllegalArgumentException naming the file when it is a damaged volume */
    static PictureStack read(Path file) {
        byte[] bytes = PictureFiles.bytes(file);
        ByteBuffer sha256 = Sha256.of(bytes);
        if (!NiftiHeader.recognises(bytes)) {
            return new PictureStack(
                    file, sha256, bytes.length, page -> PlainDecoder.decode(bytes, page, DecodeLimits.DEFAULT));
        }
        NiftiVolume volume = PictureFiles.naming(file, () -> NiftiVolume.read(bytes, DecodeLimits.DEFAULT));
        return new PictureStack(file, sha256, volume.bytes(), volume::grid);
    }

    /** @param number counted from 1 */
    PixelGrid picture(int number) {
        return PictureFiles.naming(file, () -> pictures.apply(OptionalInt.of(number)));
    }

    /** Of the file. */
    ByteBuffer sha256() {
        return sha256;
    }

    /** Kept on the heap. */
    long bytes() {
        return bytes;
    }
}
