package org.lesionstream.schemas.lesion;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;

/**
 * Which regions of a mask count as lesions, and as one lesion. Part of the checkpoint, since it changes what is reported; the stored mask
 * keeps every pixel as the network gave it.
 *
 * <p>The rules are applied in this order:
 *
 * <ol>
 *   <li>Holes are filled, if so wished: background that a region encloses becomes part of it, in each image by itself. Pixels of other
 *       classes stay what they are; of nested regions the innermost takes the background.
 *   <li>Regions of one class are one lesion if two of their pixels, centre to centre, are no farther apart than the merge distance; in a
 *       volume a distance in millimetres holds across slices too. What lies between them is not added.
 *   <li>Lesions below the smallest size are dropped.
 * </ol>
 *
 * <p>A rule in millimetres needs the spacing and then takes the place of its counterpart in pixels, so a checkpoint may give both: one for
 * images whose spacing is known, one for all others. See {@link #applicable}.
 *
 * @param smallestAreaPixels lesions with fewer pixels do not count; 1 keeps all
 * @param smallestAreaSquareMillimetres lesions of less area do not count
 * @param smallestVolumeCubicMillimetres for the lesions of volumes: those of less volume do not count. The two area rules do not touch them
 * @param fillHoles whether holes belong to the lesion
 * @param mergeDistancePixels largest distance between pixels of one lesion; neighbours always belong together
 * @param mergeDistanceMillimetres the same in millimetres
 */
public record LesionRules(
        long smallestAreaPixels,
        Optional<Double> smallestAreaSquareMillimetres,
        Optional<Double> smallestVolumeCubicMillimetres,
        boolean fillHoles,
        Optional<Double> mergeDistancePixels,
        Optional<Double> mergeDistanceMillimetres) {

    /** A lesion of exactly the smallest size counts, however its size was rounded. */
    private static final double ROUNDING = 1e-12;

    /** Every region is a lesion. */
    public static final LesionRules ALL = smallest(1);

    public LesionRules {
        if (smallestAreaPixels < 1) {
            throw new IllegalArgumentException("smallestAreaPixels must be positive, was " + smallestAreaPixels);
        }
        positive("smallestAreaSquareMillimetres", smallestAreaSquareMillimetres);
        positive("smallestVolumeCubicMillimetres", smallestVolumeCubicMillimetres);
        positive("mergeDistancePixels", mergeDistancePixels);
        positive("mergeDistanceMillimetres", mergeDistanceMillimetres);
    }

    /** Only regions of so many pixels or more are lesions. */
    public static LesionRules smallest(long areaPixels) {
        return new LesionRules(
                areaPixels, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /**
     * The rules of an image, each in the one unit that applies: in millimetres where the spacing is known and the checkpoint gives such a
     * rule, else in pixels. The rule for volumes goes along for the case that the image belongs to.
     */
    public LesionRules applicable(Optional<PixelSpacing> spacing) {
        boolean known = spacing.isPresent();
        boolean area = known && smallestAreaSquareMillimetres.isPresent();
        boolean distance = known && mergeDistanceMillimetres.isPresent();
        return new LesionRules(
                area ? 1 : smallestAreaPixels,
                area ? smallestAreaSquareMillimetres : Optional.empty(),
                smallestVolumeCubicMillimetres,
                fillHoles,
                distance ? Optional.empty() : mergeDistancePixels,
                distance ? mergeDistanceMillimetres : Optional.empty());
    }

    /**
     * The rules of a volume: no rule for areas, and none in millimetres unless slice and pixel spacing are known.
     *
     * <p>A merge distance in pixels joins within a slice only: nothing says how many pixels a slice is thick.
     */
    public LesionRules ofVolume(Optional<VoxelSpacing> spacing) {
        boolean known = spacing.isPresent();
        boolean distance = known && mergeDistanceMillimetres.isPresent();
        return new LesionRules(
                1,
                Optional.empty(),
                known ? smallestVolumeCubicMillimetres : Optional.empty(),
                fillHoles,
                distance ? Optional.empty() : mergeDistancePixels,
                distance ? mergeDistanceMillimetres : Optional.empty());
    }

    /** The lesions of a mask: its regions after all rules, by ascending label and first pixel in raster order. */
    public List<Region> apply(LabelMask mask, Optional<PixelSpacing> spacing) {
        LesionRules rules = applicable(spacing);
        List<Region> regions = ConnectedComponents.of(rules.filled(mask), rules.neighbourhood(spacing));
        double pixel = spacing.map(PixelSpacing::pixelSquareMillimetres).orElse(1.0);
        double smallest = rules.smallestAreaSquareMillimetres.orElse(0.0) * (1 - ROUNDING);
        return rules.smallestAreaPixels == 1 && smallest == 0
                ? regions
                : regions.stream()
                        .filter(region ->
                                region.area() >= rules.smallestAreaPixels && region.area() * pixel >= smallest)
                        .toList();
    }

    /** The mask after the first rule. */
    LabelMask filled(LabelMask mask) {
        return fillHoles ? HoleFilling.fill(mask) : mask;
    }

    /** What the second rule joins within an image, for rules that were made {@link #applicable}. */
    Neighbourhood neighbourhood(Optional<PixelSpacing> spacing) {
        return mergeDistanceMillimetres
                .map(distance -> Neighbourhood.within(distance, spacing))
                .or(() -> mergeDistancePixels.map(distance -> Neighbourhood.within(distance, Optional.empty())))
                .orElse(Neighbourhood.EIGHT);
    }

    private static void positive(String name, Optional<Double> value) {
        value.ifPresent(given -> {
            if (!(given > 0) || Double.isInfinite(given)) {
                throw new IllegalArgumentException(name + " must be positive and finite, was " + given);
            }
        });
    }
}
