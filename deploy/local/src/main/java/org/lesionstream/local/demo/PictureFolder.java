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
 * @param images folder of pictures, with {@code train/} and {@code val/} in it
 * @param masks folder of masks, in the same order
 */
record PictureFolder(Path images, Path masks) {

    PictureFolder {
        for (Path folder : List.of(images, masks)) {
            for (String part : List.of("train", "val")) {
                if (!Files.isDirectory(folder.resolve(part))) {
                    throw new IllegalArgumentException(
                            folder + " must hold the folders train and val, but there is no " + part);
                }
            }
        }
    }

    /**
     * The pictures that the network never saw in training, sorted by name.
     *
     * @throws IllegalArgumentException when there is none, or one has no mask
     */
    List<Picture> validation() {
        try (Stream<Path> files = Files.list(images.resolve("val"))) {
            List<Picture> pictures = files.filter(PictureFolder::isVisibleFile)
                    .sorted()
                    .map(this::picture)
                    .toList();
            if (pictures.isEmpty()) {
                throw new IllegalArgumentException(images.resolve("val") + " holds no picture");
            }
            return pictures;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list " + images.resolve("val"), failure);
        }
    }

    private static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private Picture picture(Path image) {
        String file = image.getFileName().toString();
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        Path mask = masks.resolve("val").resolve(name + ".png");
        if (!Files.isRegularFile(mask)) {
            throw new IllegalArgumentException("The picture " + image + " has no mask " + mask);
        }
        return new Picture(name, image, mask);
    }
}
