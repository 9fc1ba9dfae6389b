package org.lesionstream.worker.result.dicom;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lesionstream.worker.decode.dicom.SliceOrder;
import org.lesionstream.worker.decode.dicom.SlicePlane;

/**
 * How the images of a case lie to each other.
 *
 * @param frameOfReference the coordinate system that all of them are placed in; absent where one is not. Then they are just a sequence
 * @param places number of each image in the stack, counted from 1: along the normal where all are placed and parallel, else as they come
 * @param distance millimetres from one slice to the next, where they are evenly apart
 */
record Stack(Optional<String> frameOfReference, List<Integer> places, OptionalDouble distance) {

    static Stack of(List<SegmentedImage> images) {
        Optional<String> frameOfReference = images.get(0).instance().frameOfReference();
        boolean placed = frameOfReference.isPresent()
                && images.stream()
                        .allMatch(image -> image.instance().frameOfReference().equals(frameOfReference)
                                && image.instance().place(image.frame()).isPresent());
        List<Integer> asTheyCome =
                IntStream.rangeClosed(1, images.size()).boxed().toList();
        if (!placed) {
            return new Stack(Optional.empty(), asTheyCome, OptionalDouble.empty());
        }
        List<SlicePlane> planes = images.stream()
                .map(image ->
                        image.instance().place(image.frame()).orElseThrow().plane())
                .toList();
        SlicePlane first = planes.get(0);
        if (!planes.stream().allMatch(first::parallelTo)) {
            return new Stack(frameOfReference, asTheyCome, OptionalDouble.empty());
        }
        return new Stack(frameOfReference, alongNormal(planes), distance(planes));
    }

    private static List<Integer> alongNormal(List<SlicePlane> planes) {
        SlicePlane.Vector normal = planes.get(0).normal();
        Integer[] places = new Integer[planes.size()];
        int[] order = IntStream.range(0, planes.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> planes.get(i).position().dot(normal)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i + 1;
        }
        return List.of(places);
    }

    private static OptionalDouble distance(List<SlicePlane> planes) {
        return SliceOrder.ifStack(planes).stream()
                .mapToDouble(SliceOrder::spacing)
                .findFirst();
    }

    /** Without the UID. */
    @Override
    public String toString() {
        return "Stack[" + places.size() + " images]";
    }
}
