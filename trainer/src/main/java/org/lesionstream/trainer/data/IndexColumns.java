package org.lesionstream.trainer.data;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the columns of a CSV index are called.
 *
 * @param image path of the picture
 * @param mask path of its mask
 * @param split {@code train}, {@code val} or {@code test}; where it is not named, the column {@code split} if there is one
 * @param group whose cases a split keeps together; none unless named
 */
public record IndexColumns(String image, String mask, Optional<String> split, Optional<String> group) {

    /** {@code image}, {@code mask} and, if it is there, {@code split}. */
    public static final IndexColumns USUAL = new IndexColumns("image", "mask", Optional.empty(), Optional.empty());

    private static final Set<String> KEYS = Set.of("image", "mask", "split", "group");

    public IndexColumns {
        if (image.isBlank() || mask.isBlank() || image.equals(mask)) {
            throw new IllegalArgumentException(
                    "image and mask must be two columns, were '%s' and '%s'".formatted(image, mask));
        }
        if (split.filter(String::isBlank).isPresent()
                || group.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("the columns of split and group must not be blank where they are named");
        }
    }

    /**
     * The usual names, except those given.
     *
     * @param names column by {@code image}, {@code mask}, {@code split} or {@code group}
     * @throws IllegalArgumentException for any other key
     */
    public static IndexColumns of(Map<String, String> names) {
        if (!KEYS.containsAll(names.keySet())) {
            throw new IllegalArgumentException("columns can be named for %s, not for %s"
                    .formatted(new TreeSet<>(KEYS), new TreeSet<>(names.keySet())));
        }
        return new IndexColumns(
                names.getOrDefault("image", USUAL.image),
                names.getOrDefault("mask", USUAL.mask),
                Optional.ofNullable(names.get("split")),
                Optional.ofNullable(names.get("group")));
    }
}
