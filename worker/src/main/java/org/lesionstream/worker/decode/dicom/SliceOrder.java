package org.lesionstream.worker.decode.dicom;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.worker.decode.dicom.codec.Refusal;

/**
 * The slices of a series in the order of their places. Neither file names nor instance numbers nor the stated thickness have a say.
 *
 * @param order numbers of the given planes, from the lowest along the normal to the highest
 * @param positions along the normal in millimetres, in that order
 * @param spacing from one slice to the next in millimetres
 */
public record SliceOrder(List<Integer> order, List<Double> positions, double spacing) {

    /** How far the distance of two slices may be from the mean one, as a share of it: positions are often rounded. */
    private static final double TOLERANCE = 0.1;

    public SliceOrder {
        order = List.copyOf(order);
        positions = List.copyOf(positions);
    }

    /** The order of planes that make a stack; empty for views from several sides, several volumes, a gap, or less than two planes. */
    public static Optional<SliceOrder> ifStack(List<SlicePlane> planes) {
        if (planes.size() < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(planes));
        } catch (ImageRefusedException noStack) { // good pictures all the same
            return Optional.empty();
        }
    }

    /**
     * Orders planes.
     *
     * @param planes at least two
     * @throws org.lesionstream.schemas.image.ImageRefusedException if they are not parallel, two are in one place, or some are missing between
     *     them
     */
    public static SliceOrder of(List<SlicePlane> planes) {
        if (planes.size() < 2) {
            throw new IllegalArgumentException("planes must be at least 2, were " + planes.size());
        }
        SlicePlane first = planes.get(0);
        if (!planes.stream().allMatch(first::parallelTo)) {
            throw Refusal.damaged("slices that are not parallel");
        }
        SlicePlane.Vector normal = first.normal();
        double[] places = planes.stream()
                .mapToDouble(plane -> plane.position().dot(normal))
                .toArray();
        List<Integer> order = IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> places[i]))
                .toList();
        List<Double> positions = order.stream().map(i -> places[i]).toList();
        int last = places.length - 1;
        double spacing = (positions.get(last) - positions.get(0)) / last;
        for (int i = 1; i <= last; i++) {
            double distance = positions.get(i) - positions.get(i - 1);
            if (!(Math.abs(distance - spacing) <= TOLERANCE * spacing) || spacing == 0) {
                throw Refusal.damaged("slices that are not evenly apart");
            }
        }
        return new SliceOrder(order, positions, spacing);
    }
}
