package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;

/** Decodes picture files through the worker's decoder and its limits; a refusal names the file. */
final class PictureFiles {

    PixelGrid read(Path file) {
        try {
            return decode(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Decodes what was read from a file. */
    static PixelGrid decode(Path file, byte[] bytes) {
        try {
            return PlainDecoder.decode(bytes, DecodeLimits.DEFAULT);
        } catch (ImageRefusedException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
