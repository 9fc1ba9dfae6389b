package org.lesionstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bad pictures of the demo as files.
 *
 * @param truncated a PNG that ends in the middle
 * @param bomb a PNG of 100 megapixels in a few kilobytes
 */
record BadPictures(Path truncated, Path bomb) {

    private static final int BOMB_SIDE = 10_000;

    /** Writes both into the folder, which is made if it is absent. */
    static BadPictures write(Path folder, PictureFile model) throws IOException {
        Files.createDirectories(folder);
        BadPictures pictures = new BadPictures(folder.resolve("truncated.png"), folder.resolve("bomb.png"));
        BadFiles.writeTruncated(pictures.truncated, model.png());
        BadFiles.writeBomb(pictures.bomb, BOMB_SIDE);
        return pictures;
    }
}
