package org.lesionstream.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures and masks side by side: a mask has the name of its picture and the ending {@code .png}.
 *
 * @param images folder of pictures
 * @param masks folder of masks, in the same order
 */
record PictureFolder(Path images, Path masks) {

    /**
     * Folders to learn from, with {@code train/} and {@code val/} in both.
     *
     * @throws IllegalArgumentException when one of them is missing
     */
    static PictureFolder toLearnFrom(Path images, Path masks) {
        for (Path folder : List.of(images, masks)) {
            for (String part : List.of("train", "val")) {
                if (!Files.isDirectory(folder.resolve(part))) {
                    throw new IllegalArgumentException(
                            folder + " must hold the folders train and val, but there is no " + part);
                }
            }
        }
        return new PictureFolder(images, masks);
    }

    /**
     * The part of the folders that a checkpoint is judged by: {@code val/}, else {@code test/}, else {@code train/}, and the folders
     * themselves where they are flat.
     */
    static PictureFolder judged(Path images, Path masks) {
        return Stream.of("val", "test", "train")
                .filter(part -> Files.isDirectory(images.resolve(part)))
                .findFirst()
                .map(part -> new PictureFolder(images.resolve(part), masks.resolve(part)))
                .orElse(new PictureFolder(images, masks));
    }

    /** The pictures that the network never saw in training, sorted by name; see {@link #pictures}. */
    List<Picture> validation() {
        return new PictureFolder(images.resolve("val"), masks.resolve("val")).pictures();
    }

    /**
     * The pictures of this very folder, sorted by name.
     *
     * @throws IllegalArgumentException when there is none, or one has no mask
     */
    List<Picture> pictures() {
        try (Stream<Path> files = Files.list(images)) {
            List<Picture> pictures = files.filter(PictureFolder::isVisibleFile)
                    .sorted()
                    .map(this::picture)
                    .toList();
            if (pictures.isEmpty()) {
                throw new IllegalArgumentException(images + " holds no picture");
            }
            return pictures;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list " + images, failure);
        }
    }

    private static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private Picture picture(Path image) {
        String file = image.getFileName().toString();
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        Path mask = masks.resolve(name + ".png");
        if (!Files.isRegularFile(mask)) {
            throw new IllegalArgumentException("The picture " + image + " has no mask " + mask);
        }
        return new Picture(name, image, mask);
    }
}
