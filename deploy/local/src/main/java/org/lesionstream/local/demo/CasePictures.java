package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which pictures the next case gets: in turn, and again from the first when all have been used.
 *
 * <ul>
 *   <li>Where the data set has volumes, a series is some neighbouring slices of one of them, in order, and single images are the
 *       pictures that are no slices.
 *   <li>Where it has none, a series is the next pictures, whatever they show.
 * </ul>
 */
final class CasePictures {

    private final List<Picture> singles;
    private final List<List<Picture>> stacks;
    private final Random random;
    private int nextSingle;
    private int nextStack;

    /** @param pictures at least one */
    CasePictures(List<Picture> pictures, Random random) {
        this.random = random;
        stacks = stacks(pictures);
        List<Picture> alone = pictures.stream()
                .filter(picture -> stacks.stream().noneMatch(stack -> stack.contains(picture)))
                .toList();
        singles = alone.isEmpty() ? pictures : alone;
    }

    Picture single() {
        return singles.get(nextSingle++ % singles.size());
    }

    /** So many pictures, or fewer when the next volume has fewer slices; never fewer than two. */
    List<Picture> series(int most) {
        List<Picture> series = new ArrayList<>();
        if (stacks.isEmpty()) {
            while (series.size() < most) {
                series.add(single());
            }
            return series;
        }
        List<Picture> stack = stacks.get(nextStack++ % stacks.size());
        int slices = Math.min(most, stack.size());
        int first = random.nextInt(stack.size() - slices + 1);
        return stack.subList(first, first + slices);
    }

    /** Runs of two and more slices without a gap. */
    private static List<List<Picture>> stacks(List<Picture> pictures) {
        List<Picture> slices = pictures.stream()
                .filter(picture -> picture.slice().isPresent())
                .sorted(Comparator.comparing((Picture picture) -> slice(picture).group())
                        .thenComparing(picture -> slice(picture).number()))
                .toList();
        List<List<Picture>> stacks = new ArrayList<>();
        int first = 0;
        for (int end = 1; end <= slices.size(); end++) {
            if (end == slices.size() || !isNext(slice(slices.get(end - 1)), slice(slices.get(end)))) {
                if (end - first > 1) {
                    stacks.add(slices.subList(first, end));
                }
                first = end;
            }
        }
        return stacks;
    }

    private static boolean isNext(Picture.Slice lower, Picture.Slice upper) {
        return lower.group().equals(upper.group()) && lower.number() + 1 == upper.number();
    }

    private static Picture.Slice slice(Picture picture) {
        return picture.slice().orElseThrow();
    }
}
