package org.lesionstream.trainer.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * What weights are imported into: the names and shapes of a network, and what a file need not hold.
 *
 * @param shapes of all parameters and statistics, by name
 * @param encoderPrefix what the names of the encoder begin with, where the network has one of its own
 * @param mayBeAbsent names that keep their first values when the file lacks them
 * @param adaptation what may be done to an array of another shape
 */
public record ImportTarget(
        Map<String, long[]> shapes, Optional<String> encoderPrefix, Set<String> mayBeAbsent, Adaptation adaptation) {

    /** Makes an array fit that has another shape than the network wants, where that has a meaning: position embeddings of another length, for example. */
    @FunctionalInterface
    public interface Adaptation {
        /** Nothing fits but what has the right shape. */
        Adaptation NONE = (name, stored, shape) -> Optional.empty();

        /**
         * Makes one array fit.
         *
         * @param name the network's name
         * @param shape what the network wants
         * @return an array of that shape, or empty when the stored one cannot be used
         */
        Optional<FloatTensor> adapt(String name, FloatTensor stored, long[] shape);
    }

    public ImportTarget {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        mayBeAbsent = Set.copyOf(mayBeAbsent);
        if (!shapes.keySet().containsAll(mayBeAbsent)) {
            throw new IllegalArgumentException("mayBeAbsent must name parameters of the network, was " + mayBeAbsent);
        }
    }

    /** The network as it is: all of it is wanted, except what no output depends on. */
    public static ImportTarget of(SegmentationNetwork network) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        network.stateDict()
                .forEach((name, parameter) ->
                        shapes.put(name, parameter.getArray().getShape().getShape()));
        return new ImportTarget(shapes, network.encoderPrefix(), network.withoutInfluence(), Adaptation.NONE);
    }
}
