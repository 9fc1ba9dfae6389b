package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image with its mask on disk.
 *
 * @param name file name of the image without its ending; unique in its folder
 * @param image any format of {@code PlainDecoder}
 * @param mask a PNG of the size of the image
 */
public record CaseFiles(String name, Path image, Path mask) {

    public CaseFiles {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(mask, "mask");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
