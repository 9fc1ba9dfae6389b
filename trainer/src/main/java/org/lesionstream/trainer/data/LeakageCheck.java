package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses data in which a network would be judged by what it was taught: then its score says nothing about new pictures.
 *
 * <ul>
 *   <li>No picture may be in two parts. Pictures are the same when their decoded pixels are, whatever their names and file formats; a picture that was
 *       compressed anew or resized is another one.
 *   <li>A picture whose pixels are all alike may be in both: the slices beyond the ends of two patients are equally black, and nothing is learnt from them.
 *   <li>No group may be in two parts, as far as groups are known.
 *   <li>Within a part both are allowed.
 * </ul>
 */
public final class LeakageCheck {

    private record Place(String part, CaseFiles files) {
        @Override
        public String toString() {
            return files.place() + " (" + part + ")";
        }
    }

    private final Map<ByteBuffer, Place> pictures = new HashMap<>();
    private final Map<String, Place> groups = new HashMap<>();
    private final DatasetScan scan;

    private LeakageCheck(DatasetScan scan) {
        this.scan = scan;
    }

    /**
     * Checks.
     *
     * @param parts what teaches and what judges, by name
     * @param scan of all their cases
     * @throws IllegalArgumentException naming both cases, for the first that is in two parts
     */
    public static void require(Map<String, List<CaseFiles>> parts, DatasetScan scan) {
        LeakageCheck check = new LeakageCheck(scan);
        parts.forEach((part, cases) -> cases.forEach(files -> check.add(new Place(part, files))));
    }

    private void add(Place place) {
        CaseFiles files = place.files();
        CaseContent content = scan.content(files);
        Optional<Place> known =
                content.blank() ? Optional.empty() : elsewhere(place, pictures.putIfAbsent(content.pixels(), place));
        known.ifPresent(other -> {
            throw new IllegalArgumentException(
                    "one picture would both teach and judge: %s is the same as %s".formatted(place, other)
                            + "; leave one of them out, or give both one group");
        });
        files.group().ifPresent(group -> elsewhere(place, groups.putIfAbsent(group, place))
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "the group %s would both teach and judge: %s and %s".formatted(group, place, other));
                }));
    }

    private static Optional<Place> elsewhere(Place place, Place known) {
        return Optional.ofNullable(known).filter(other -> !other.part().equals(place.part()));
    }
}
