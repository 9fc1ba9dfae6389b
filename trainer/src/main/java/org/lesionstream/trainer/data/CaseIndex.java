package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which cases exist: pairs of {@code images/NAME.*} and {@code masks/NAME.png}, by split.
 *
 * <ul>
 *   <li>A folder that holds any of {@code train/}, {@code val/} and {@code test/} is read split by split; any other folder is flat and its cases stand
 *       under {@link #ALL}.
 *   <li>Cases are ordered by name, whatever order the file system has, so that a seed means the same split everywhere.
 *   <li>An image without a mask is refused, so that a misspelt folder cannot shrink a training set in silence. Masks
 *       without an image and hidden files are left alone.
 * </ul>
 *
 * @param bySplit split name to its cases; never an empty list
 */
public record CaseIndex(Map<String, List<CaseFiles>> bySplit) {

    /** The split name of a folder without splits. */
    public static final String ALL = "all";

    private static final List<String> SPLITS = List.of("train", "val", "test");

    public CaseIndex {
        LinkedHashMap<String, List<CaseFiles>> copy = new LinkedHashMap<>();
        bySplit.forEach((split, cases) -> copy.put(split, List.copyOf(cases)));
        bySplit = Collections.unmodifiableMap(copy);
        if (bySplit.isEmpty() || bySplit.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("an index must hold cases in every split, was " + bySplit);
        }
    }

    /**
     * Reads the folders.
     *
     * @throws IllegalArgumentException when a folder or a mask is missing, or there is no image at all; names the path
     */
    public static CaseIndex scan(Path images, Path masks) {
        requireFolder(images);
        requireFolder(masks);
        LinkedHashMap<String, List<CaseFiles>> bySplit = new LinkedHashMap<>();
        for (String split : SPLITS) {
            if (Files.isDirectory(images.resolve(split))) {
                requireFolder(masks.resolve(split));
                bySplit.put(split, pairs(images.resolve(split), masks.resolve(split)));
            }
        }
        if (bySplit.isEmpty()) {
            bySplit.put(ALL, pairs(images, masks));
        }
        return new CaseIndex(bySplit);
    }

    /** The cases of one split; none when the folder has no such split. */
    public List<CaseFiles> cases(String split) {
        return bySplit.getOrDefault(split, List.of());
    }

    private static List<CaseFiles> pairs(Path images, Path masks) {
        TreeMap<String, CaseFiles> byName = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(images, CaseIndex::isVisibleFile)) {
            for (Path image : files) {
                String name = stem(image);
                Path mask = masks.resolve(name + ".png");
                if (!Files.isRegularFile(mask)) {
                    throw new IllegalArgumentException("no mask " + mask + " for the image " + image);
                }
                CaseFiles twin = byName.put(name, new CaseFiles(name, image, mask));
                if (twin != null) {
                    throw new IllegalArgumentException("two images share one mask: " + twin.image() + " and " + image);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + images, e);
        }
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("no images in " + images);
        }
        return List.copyOf(byName.values());
    }

    static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no such folder: " + folder);
        }
    }
}
