package org.lesionstream.trainer.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.trainer.data.CaseFiles;

/**
 * Keeps the predicted mask of every case as {@code NAME.png}, at the size of its picture: label values, written as the worker stores them. A name that is a path
 * becomes one in the folder.
 *
 * <p>The folder begins empty and no file is ever replaced, so what it holds is of one evaluation.
 */
public final class MaskFolder {

    private final Path folder;
    private final int classes;

    private MaskFolder(Path folder, int classes) {
        this.folder = folder;
        this.classes = classes;
    }

    /**
     * Makes the folder where it is absent.
     *
     * @param classes number of foreground classes
     * @throws IllegalArgumentException when the folder holds anything
     */
    public static MaskFolder empty(Path folder, int classes) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " must be empty to take masks");
            }
        }
        return new MaskFolder(folder, classes);
    }

    /**
     * Writes one mask.
     *
     * @throws IllegalArgumentException when a case of that name, such as one of another split, has been written before
     */
    public void write(CaseFiles files, LabelMask mask) {
        Path file = folder.resolve(files.name() + ".png");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, MaskPng.encode(mask, classes), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException twin) {
            throw new IllegalArgumentException(
                    "two cases are called " + files.name() + ": save the masks of one split at a time", twin);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
