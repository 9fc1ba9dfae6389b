package org.lesionstream.trainer.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Public weights brought under the names of a network. Every name of the file has been used, dropped for a known reason, or refused; every name of the network has an
 * array of its shape or is one that may keep its first values.
 *
 * @param tensors what the file gives, under the network's names
 * @param dropped names of the file that mean nothing to the network
 * @param filled names of the network that keep their first values
 */
public record StateDictImport(Map<String, FloatTensor> tensors, SortedSet<String> dropped, SortedSet<String> filled) {

    /** How much of a network is taken from a file. */
    public enum Part {
        /** Everything; what the file has no name for is an error. */
        ALL,
        /** The encoder alone; everything else keeps its first values. */
        ENCODER
    }

    public StateDictImport {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
        filled = Collections.unmodifiableSortedSet(new TreeSet<>(filled));
    }

    /**
     * Matches a file with a network.
     *
     * @throws WeightsMismatchException with everything that is missing, unexpected, of another shape or not a number
     * @throws IllegalArgumentException when the encoder is asked for and the network has none of its own
     */
    public static StateDictImport of(ReferenceWeights file, ImportTarget target, Part part)
            throws WeightsMismatchException {
        return new Matching(target, part).match(file);
    }

    /** Numbers that are learned; statistics of normalisation are not. */
    public long parameters() {
        return tensors.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(".running_mean")
                        && !entry.getKey().endsWith(".running_var"))
                .mapToLong(entry -> entry.getValue().values().length)
                .sum();
    }

    /** All arrays of the network: those of the file, and the first values of those that are {@link #filled}. */
    public Map<String, FloatTensor> over(Map<String, FloatTensor> firstValues) {
        Map<String, FloatTensor> all = new LinkedHashMap<>(tensors);
        filled.forEach(name -> all.put(name, firstValues.get(name)));
        return all;
    }

    /** The work on one file. */
    private static final class Matching {
        private final ImportTarget target;
        private final ReferenceNames names;
        private final String wantedPrefix; // of the network's names that are taken
        private final Part part;

        private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        private final SortedSet<String> dropped = new TreeSet<>();
        private final SortedSet<String> filled = new TreeSet<>();
        private final List<String> problems = new ArrayList<>();

        Matching(ImportTarget target, Part part) {
            this.target = target;
            this.part = part;
            this.names = new ReferenceNames(target.shapes().keySet(), target.encoderPrefix());
            this.wantedPrefix = switch (part) {
                case ALL -> "";
                case ENCODER ->
                    target.encoderPrefix()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "this network has no encoder of its own to import; import all of it"));
            };
        }

        StateDictImport match(ReferenceWeights file) throws WeightsMismatchException {
            dropped.addAll(file.others());
            file.tensors().forEach(this::use);
            target.shapes().keySet().stream()
                    .filter(name -> !tensors.containsKey(name))
                    .forEach(this::fill);
            if (!problems.isEmpty()) {
                throw new WeightsMismatchException(problems);
            }
            return new StateDictImport(tensors, dropped, filled);
        }

        private void use(String name, FloatTensor stored) {
            Optional<String> resolved = names.resolve(name);
            if (resolved.isEmpty()) {
                boolean meaningless = ReferenceNames.isBookkeeping(name)
                        || (part == Part.ENCODER && ReferenceNames.isClassifier(name));
                if (meaningless) {
                    dropped.add(name);
                } else {
                    problems.add("unexpected: " + Printable.of(name) + " " + Arrays.toString(stored.shape()));
                }
                return;
            }
            String known = resolved.get();
            if (!known.startsWith(wantedPrefix)) {
                dropped.add(name);
                return;
            }
            FloatTensor fitting = fitting(known, stored);
            if (tensors.putIfAbsent(known, fitting) != null) {
                problems.add("twice: " + Printable.of(name) + " is " + known + ", which the file holds already");
            }
        }

        /** The array as the network wants it. One that cannot be had is a problem, and stands in for itself so that it is not missing as well. */
        private FloatTensor fitting(String name, FloatTensor stored) {
            long[] shape = target.shapes().get(name);
            FloatTensor fitting = Arrays.equals(stored.shape(), shape)
                    ? stored
                    : target.adaptation().adapt(name, stored, shape).orElse(stored);
            if (!Arrays.equals(fitting.shape(), shape)) {
                problems.add("wrong shape: %s is %s, the network has %s"
                        .formatted(name, Arrays.toString(stored.shape()), Arrays.toString(shape)));
            }
            for (float value : fitting.values()) {
                if (!Float.isFinite(value)) {
                    problems.add("not a number: " + name + " holds " + value);
                    break;
                }
            }
            return fitting;
        }

        private void fill(String name) {
            if (!name.startsWith(wantedPrefix) || target.mayBeAbsent().contains(name)) {
                filled.add(name);
            } else {
                problems.add("missing: " + name + " "
                        + Arrays.toString(target.shapes().get(name)));
            }
        }
    }
}
