package org.lesionstream.trainer.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.ImageOperations;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.Resizing;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * The weights of a published version as the start of more training, in a network that may find other classes or see other channels.
 *
 * <ul>
 *   <li>An array of the same name and shape is copied, statistics of normalisation too.
 *   <li>Position embeddings of another grid (option {@code size} of a network with {@code skip=ctrans}) are interpolated as the network itself does it for
 *       an image of another size, so that the answer to such an image stays the same. Without the option the grid is the old one and nothing need be done.
 *   <li>What has another shape for another number of classes is a head, for another number of channels the first layer: those that do not fit keep the weights
 *       that were drawn, and heads may come and go, as they do with deep supervision.
 *   <li>Anything else that differs means another network. All of it is named, and nothing is changed.
 * </ul>
 *
 * <p>Pruned versions are no special case: their files of weights hold the whole network.
 *
 * @param copied names that were taken as they are
 * @param resampled names of position embeddings that were interpolated
 * @param freshHeads names of heads that keep the weights that were drawn
 * @param freshInputs names in the first layer that keep the weights that were drawn
 * @param left names of the version that the network has no use for: heads, and what of another shape stands among the fresh ones
 * @param parameters how many numbers were taken
 */
public record WeightTransfer(
        SortedSet<String> copied,
        SortedSet<String> resampled,
        SortedSet<String> freshHeads,
        SortedSet<String> freshInputs,
        SortedSet<String> left,
        long parameters) {

    private static final String PLACES = "position_embeddings";

    public WeightTransfer {
        copied = Collections.unmodifiableSortedSet(new TreeSet<>(copied));
        resampled = Collections.unmodifiableSortedSet(new TreeSet<>(resampled));
        freshHeads = Collections.unmodifiableSortedSet(new TreeSet<>(freshHeads));
        freshInputs = Collections.unmodifiableSortedSet(new TreeSet<>(freshInputs));
        left = Collections.unmodifiableSortedSet(new TreeSet<>(left));
    }

    /** Names that keep the weights that were drawn. */
    public SortedSet<String> fresh() {
        SortedSet<String> fresh = new TreeSet<>(freshHeads);
        fresh.addAll(freshInputs);
        return fresh;
    }

    /**
     * Gives a network the weights of a version.
     *
     * @param from weights of the version, see {@link WeightsFile#ofVersion}
     * @param into initialised; changed only if all of it fits
     * @throws WeightsMismatchException with everything that is missing, unexpected or of another shape
     */
    public static WeightTransfer load(WeightsFile from, SegmentationNetwork into) throws WeightsMismatchException {
        if (!into.isInitialized()) {
            throw new IllegalArgumentException(into.spec() + " must be initialised");
        }
        return new Matching(from, into).carryOut();
    }

    /** The work on one network. */
    private static final class Matching {
        private final Map<String, FloatTensor> stored;
        private final Map<String, Parameter> parameters;
        private final Set<String> heads; // in the network, whose shape follows its classes
        private final Set<String> inputs; // in the network, whose shape follows its channels
        private final Set<String> storedHeads;

        private final Map<String, FloatTensor> taken = new LinkedHashMap<>();
        private final SortedSet<String> resampled = new TreeSet<>();
        private final SortedSet<String> freshHeads = new TreeSet<>();
        private final SortedSet<String> freshInputs = new TreeSet<>();
        private final SortedSet<String> left = new TreeSet<>();
        private final List<String> problems = new ArrayList<>();

        Matching(WeightsFile from, SegmentationNetwork into) {
            this.stored = from.content().tensors();
            this.parameters = into.stateDict();
            this.heads = followers(into.spec(), "classes", into.classes());
            this.inputs = followers(into.spec(), "channels", into.channels());
            this.storedHeads =
                    followers(from.network(), "classes", from.network().count("classes", 1));
        }

        /** Names of a network whose shapes follow one of its numbers. Nothing is drawn for it. */
        private static Set<String> followers(NetworkSpec spec, String option, int value) {
            Map<String, Shape> more = shapes(spec.with(option, value + 1));
            Set<String> followers = new TreeSet<>();
            shapes(spec).forEach((name, shape) -> {
                if (!shape.equals(more.get(name))) {
                    followers.add(name);
                }
            });
            return followers;
        }

        private static Map<String, Shape> shapes(NetworkSpec spec) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            NetworkCatalog.build(spec).stateDict().forEach((name, parameter) -> shapes.put(name, parameter.getShape()));
            return shapes;
        }

        WeightTransfer carryOut() throws WeightsMismatchException {
            parameters.forEach((name, parameter) -> place(name, parameter.getArray()));
            stored.keySet().stream()
                    .filter(name -> !parameters.containsKey(name))
                    .forEach(this::leave);
            if (!problems.isEmpty()) {
                throw new WeightsMismatchException(problems);
            }
            taken.forEach((name, tensor) -> parameters.get(name).getArray().set(tensor.values()));
            SortedSet<String> copied = new TreeSet<>(taken.keySet());
            copied.removeAll(resampled);
            long numbers = taken.values().stream()
                    .mapToLong(tensor -> tensor.values().length)
                    .sum();
            return new WeightTransfer(copied, resampled, freshHeads, freshInputs, left, numbers);
        }

        private void place(String name, NDArray wanted) {
            FloatTensor given = stored.get(name);
            long[] shape = wanted.getShape().getShape();
            if (given != null && Arrays.equals(given.shape(), shape)) {
                taken.put(name, given);
            } else if (given != null && arePlaces(name, given.shape(), shape)) {
                taken.put(name, resampled(given, wanted));
                resampled.add(name);
            } else if (heads.contains(name) || inputs.contains(name)) {
                (heads.contains(name) ? freshHeads : freshInputs).add(name);
                if (given != null) {
                    left.add(name);
                }
            } else if (given == null) {
                problems.add("missing: " + name + " " + wanted.getShape());
            } else {
                problems.add("wrong shape: %s is %s, the network has %s"
                        .formatted(name, Arrays.toString(given.shape()), Arrays.toString(shape)));
            }
        }

        private void leave(String name) {
            if (storedHeads.contains(name)) {
                left.add(name);
            } else {
                problems.add("unexpected: " + Printable.of(name) + " "
                        + Arrays.toString(stored.get(name).shape()));
            }
        }

        /** Whether both are embeddings {@code [1, grid grid, C]} of equal width. */
        private static boolean arePlaces(String name, long[] given, long[] wanted) {
            return name.endsWith(PLACES)
                    && given.length == 3
                    && given[0] == 1
                    && given[2] == wanted[2]
                    && side(given) * side(given) == given[1];
        }

        private static long side(long[] places) {
            return Math.round(Math.sqrt((double) places[1]));
        }

        private static FloatTensor resampled(FloatTensor given, NDArray wanted) {
            long width = given.shape()[2];
            long from = side(given.shape());
            long[] shape = wanted.getShape().getShape();
            long to = side(shape);
            try (NDManager manager = wanted.getManager().newSubManager()) {
                NDArray image = manager.create(given.values(), new Shape(given.shape()))
                        .transpose(0, 2, 1)
                        .reshape(1, width, from, from); // [1, C, grid, grid]
                NDArray places = ImageOperations.resize(image, Resizing.BILINEAR, to, to)
                        .reshape(1, width, to * to)
                        .transpose(0, 2, 1);
                return new FloatTensor(shape.clone(), places.toFloatArray());
            }
        }
    }
}
