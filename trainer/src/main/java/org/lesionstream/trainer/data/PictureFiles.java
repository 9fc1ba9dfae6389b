package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiVolume;

/**
 * Decodes picture files through the worker's decoders and their limits; a refusal names the file.
 *
 * <p>Files of several pictures are kept in memory for a while, at most {@value #MOST_BYTES} bytes of them. Any thread may ask.
 */
final class PictureFiles {

    private static final long MOST_BYTES = 256L << 20;

    /**
     * A picture with the identity of its file.
     *
     * @param sha256 of the file
     */
    record Identified(ByteBuffer sha256, PixelGrid picture) {}

    private final StackCache stacks = new StackCache(PictureStack::read, MOST_BYTES);

    /**
     * Decodes a picture.
     *
     * @param number which one of the file, counted from 1; empty where it holds one
     */
    PixelGrid read(Path file, OptionalInt number) {
        return number.isPresent() ? stacks.get(file).picture(number.getAsInt()) : only(file, bytes(file));
    }

    /** The same, with the digest of the file. */
    Identified identify(Path file, OptionalInt number) {
        if (number.isPresent()) {
            PictureStack stack = stacks.get(file);
            return new Identified(stack.sha256(), stack.picture(number.getAsInt()));
        }
        byte[] bytes = bytes(file);
        return new Identified(Sha256.of(bytes), only(file, bytes));
    }

    /** The picture of a file, the one in the middle where it holds several. */
    PixelGrid readMiddle(Path file) {
        int pictures = StackShape.of(file).pictures();
        return read(file, pictures == 1 ? OptionalInt.empty() : OptionalInt.of((pictures + 1) / 2));
    }

    private static PixelGrid only(Path file, byte[] bytes) {
        return naming(
                file,
                () -> NiftiHeader.recognises(bytes)
                        ? NiftiVolume.read(bytes, DecodeLimits.DEFAULT).grid(OptionalInt.empty())
                        : PlainDecoder.decode(bytes, DecodeLimits.DEFAULT));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Does something with a file and names it in a refusal. */
    static <T> T naming(Path file, Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageRefusedException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
