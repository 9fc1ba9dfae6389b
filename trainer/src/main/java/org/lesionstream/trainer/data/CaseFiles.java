package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An image with its mask on disk.
 *
 * @param name file name of the image without its ending, or its path in an index that lists several of one name; unique in its split
 * @param image any format of {@code PlainDecoder}
 * @param mask a picture without losses, of the size of the image
 * @param group what must not be torn apart by a split, such as a patient; a case without one stands for itself
 */
public record CaseFiles(String name, Path image, Path mask, Optional<String> group) {

    public CaseFiles {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(mask, "mask");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (group.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("group must not be blank, was that of " + image);
        }
    }

    /** A case without a group. */
    public CaseFiles(String name, Path image, Path mask) {
        this(name, image, mask, Optional.empty());
    }

    /** A file name without its ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
