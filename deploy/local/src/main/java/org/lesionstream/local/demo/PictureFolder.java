package org.lesionstream.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * The pictures that the network never saw in training, sorted by name; with their places in volumes where an {@code index.csv} beside the
     * folder of pictures says so.
     *
     * @throws IllegalArgumentException when there is none, or one has no mask, or two have one mask
     */
    List<Picture> validation() {
        try (Stream<Path> files = Files.list(images.resolve("val"))) {
            SliceIndex index = SliceIndex.read(images.resolveSibling("index.csv"));
            List<Picture> pictures = files.filter(PictureFolder::isVisibleFile)
                    .sorted()
                    .map(image -> picture(image, index))
                    .toList();
            if (pictures.isEmpty()) {
                throw new IllegalArgumentException(images.resolve("val") + " holds no picture");
            }
            requireOneMaskEach(pictures);
            return pictures;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list " + images.resolve("val"), failure);
        }
    }

    private static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private static void requireOneMaskEach(List<Picture> pictures) {
        Map<Path, Picture> owners = new HashMap<>();
        for (Picture picture : pictures) {
            Picture other = owners.put(picture.mask(), picture);
            if (other != null) {
                throw new IllegalArgumentException("The pictures " + other.image() + " and " + picture.image()
                        + " share the mask " + picture.mask() + "; give each picture a name of its own");
            }
        }
    }

    private Picture picture(Path image, SliceIndex index) {
        String file = image.getFileName().toString();
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        Path mask = masks.resolve("val").resolve(name + ".png");
        if (!Files.isRegularFile(mask)) {
            throw new IllegalArgumentException("The picture " + image + " has no mask " + mask);
        }
        return new Picture(name, image, mask, index.slice(image));
    }
}
