package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An image with its mask on disk.
 *
 * @param name file name of the image without its ending, or its path in an index that lists several of one name; of a slice with its number behind a slash.
 *     Unique in its split
 * @param image any format of {@code PlainDecoder}, or NIfTI
 * @param mask a picture without losses, of the size of the image
 * @param picture which one of both files, counted from 1; empty where they hold one
 * @param group what must not be torn apart by a split, such as a patient; a case without one stands for itself
 */
public record CaseFiles(String name, Path image, Path mask, OptionalInt picture, Optional<String> group) {

    private static final String COMPRESSED_VOLUME = ".nii.gz";

    public CaseFiles {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(mask, "mask");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (picture.orElse(1) < 1) {
            throw new IllegalArgumentException("picture must be positive, was " + picture.getAsInt());
        }
        if (group.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("group must not be blank, was that of " + image);
        }
    }

    /** A case of files that hold one picture. */
    public CaseFiles(String name, Path image, Path mask, Optional<String> group) {
        this(name, image, mask, OptionalInt.empty(), group);
    }

    /** A case without a group. */
    public CaseFiles(String name, Path image, Path mask) {
        this(name, image, mask, Optional.empty());
    }

    /**
     * The case as it is, or where its files hold several pictures one for each, in their order. Slices of one volume are of one patient: without a group, the
     * volume is their group.
     *
     * @throws IllegalArgumentException naming both files and their sizes when they do not fit, or one that is no picture
     */
    Stream<CaseFiles> pictures() {
        if (!StackShape.mayBeStack(image) && !StackShape.mayBeStack(mask)) {
            return Stream.of(this);
        }
        StackShape ofImage = StackShape.of(image);
        StackShape ofMask = StackShape.of(mask);
        if (!ofImage.fits(ofMask)) {
            throw new IllegalArgumentException(
                    "mask %s has %s, its image %s has %s".formatted(mask, ofMask, image, ofImage));
        }
        int count = ofImage.pictures();
        return count == 1
                ? Stream.of(this)
                : IntStream.rangeClosed(1, count).mapToObj(number -> picture(number, count));
    }

    private CaseFiles picture(int number, int count) {
        int digits = Math.max(3, Integer.toString(count).length()); // so that names are in the order of the slices
        String numbered = String.format(Locale.ROOT, "%s/%0" + digits + "d", name, number);
        return new CaseFiles(
                numbered, image, mask, OptionalInt.of(number), group.or(() -> Optional.of(image.toString())));
    }

    /** Where the picture is, for people. */
    String place() {
        return image + (picture.isPresent() ? ", picture " + picture.getAsInt() : "");
    }

    /** A file name without its ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(COMPRESSED_VOLUME) && name.length() > COMPRESSED_VOLUME.length()) {
            return name.substring(0, name.length() - COMPRESSED_VOLUME.length());
        }
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
