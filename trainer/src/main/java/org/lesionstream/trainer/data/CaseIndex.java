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
 * Which cases exist, by split: pairs of {@code images/NAME.*} and {@code masks/NAME.png}, or the rows of a CSV file.
 *
 * <ul>
 *   <li>A mask may also be {@code NAME.tif}, {@code NAME.tiff} or {@code NAME.bmp}, where there is no {@code NAME.png}.
 *   <li>Volumes are pairs of {@code NAME.nii.gz} or {@code NAME.nii} of one size, or of TIFF files of as many pages. Each slice is a case, and all slices of a
 *       volume are one group.
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

    static final List<String> SPLITS = List.of("train", "val", "test");
    static final List<String> SPLITS_AND_ALL = List.of("train", "val", "test", ALL);

    private static final List<String> MASK_ENDINGS = List.of(".png", ".tif", ".tiff", ".bmp", ".nii.gz", ".nii");

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
     * @throws IllegalArgumentException when a folder or a mask is missing, there is no image at all, or a volume and its mask differ in size; names the path
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

    /**
     * Reads a CSV file (RFC 4180, UTF-8, with a header) that lists the cases, one a row. Columns that are not named are left alone.
     *
     * <ul>
     *   <li>Paths start at the folder of the file; one that leaves it is refused.
     *   <li>Without a column of splits all cases stand under {@link #ALL}.
     *   <li>A blank group is none.
     *   <li>Rows of volumes stand for all their slices.
     * </ul>
     *
     * @throws IllegalArgumentException when a row is wrong or one of its files is missing; names file, line and column
     */
    public static CaseIndex csv(Path file, IndexColumns columns) {
        return new CaseIndex(new IndexFile(file).cases(columns));
    }

    /** The cases of all splits, split by split. */
    public List<CaseFiles> all() {
        return bySplit.values().stream().flatMap(List::stream).toList();
    }

    /** The cases of one split; none when the folder has no such split. */
    public List<CaseFiles> cases(String split) {
        return bySplit.getOrDefault(split, List.of());
    }

    /** The cases to judge a network by, split by split. What it learnt from says nothing about it, so {@code train} counts only where there is nothing else. */
    public Map<String, List<CaseFiles>> judging() {
        Map<String, List<CaseFiles>> judging = new LinkedHashMap<>(bySplit);
        judging.remove("train");
        return judging.isEmpty() ? bySplit : judging;
    }

    private static List<CaseFiles> pairs(Path images, Path masks) {
        TreeMap<String, CaseFiles> byName = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(images, CaseIndex::isVisibleFile)) {
            for (Path image : files) {
                String name = CaseFiles.stem(image);
                CaseFiles twin = byName.put(name, new CaseFiles(name, image, mask(masks, name, image)));
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
        return byName.values().stream().flatMap(CaseFiles::pictures).toList();
    }

    static boolean isVisibleFile(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private static Path mask(Path masks, String name, Path image) {
        return MASK_ENDINGS.stream()
                .map(ending -> masks.resolve(name + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no mask %s.png (or .tif, .bmp, .nii.gz, .nii) for the image %s"
                                .formatted(masks.resolve(name), image)));
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no such folder: " + folder);
        }
    }
}
