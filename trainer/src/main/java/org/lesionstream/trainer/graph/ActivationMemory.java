package org.lesionstream.trainer.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many numbers a graph holds beside its weights while it runs: at most at any time, and all that it ever computes.
 *
 * <ul>
 *   <li>An array lives from the call that computes it to the last one that reads it; a file of the graph frees it then. Inputs count, and so do
 *       outputs to the end. Whoever frees nothing before the end, such as a block run eagerly, holds all.
 *   <li>Permutations, reshapes, slices and results written in place share the memory of what they are made from. An engine copies where a reshape
 *       follows a permutation that it cannot undo; that, and the working memory of an operator, are not counted.
 * </ul>
 *
 * @param peak numbers alive at the worst call
 * @param all numbers ever computed, inputs included
 */
public record ActivationMemory(long peak, long all) {
    private static final Set<String> VIEWS =
            Set.of("aten::permute", "aten::reshape", "aten::select", "aten::slice", "aten::transpose", "aten::view");
    private static final String IN_PLACE = "_";

    public ActivationMemory {
        if (peak < 0 || all < peak) {
            throw new IllegalArgumentException("all must be at least peak, was peak " + peak + ", all " + all);
        }
    }

    /**
     * Counts.
     *
     * @param batch images at once; what depends on no image exists once
     */
    public static ActivationMemory of(Graph graph, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be positive, was " + batch);
        }
        return new Liveness(graph, batch).memory();
    }

    /** Confined to one call. */
    private static final class Liveness {
        private final Graph graph;
        private final Map<Value, Value> memory = new HashMap<>(); // of a view, the array that it looks at
        private final Map<Value, Long> sizes = new HashMap<>(); // of arrays with memory of their own
        private final Map<Value, Integer> lastRead = new HashMap<>();

        Liveness(Graph graph, int batch) {
            this.graph = graph;
            Set<Value> images = new HashSet<>(graph.inputs()); // inputs and what depends on them
            graph.inputs().forEach(input -> sizes.put(input, batch * input.count()));
            for (int call = 0; call < graph.nodes().size(); call++) {
                Node node = graph.nodes().get(call);
                boolean perImage = node.inputs().anyMatch(images::contains);
                for (Value output : node.outputs()) {
                    if (perImage) {
                        images.add(output);
                    }
                    if (sharesMemory(node)) {
                        memory.put(output, owner(node.tensor(0)));
                    } else {
                        sizes.put(output, perImage ? batch * output.count() : output.count());
                        lastRead.put(output, call);
                    }
                }
                int now = call;
                node.inputs().forEach(input -> lastRead.put(owner(input), now));
            }
            graph.outputs()
                    .forEach(output -> lastRead.put(owner(output), graph.nodes().size()));
        }

        private static boolean sharesMemory(Node node) {
            return VIEWS.contains(node.operator()) || node.operator().endsWith(IN_PLACE);
        }

        private Value owner(Value value) {
            return memory.getOrDefault(value, value);
        }

        ActivationMemory memory() {
            Set<Value> alive = new HashSet<>(graph.inputs());
            long now = alive.stream().mapToLong(sizes::get).sum();
            long peak = now;
            long all = now;
            for (int call = 0; call < graph.nodes().size(); call++) {
                for (Value output : graph.nodes().get(call).outputs()) {
                    if (sizes.containsKey(output) && alive.add(output)) {
                        now += sizes.get(output);
                        all += sizes.get(output);
                    }
                }
                peak = Math.max(peak, now);
                int done = call;
                long freed = alive.stream()
                        .filter(value -> lastRead.getOrDefault(value, 0) <= done)
                        .mapToLong(sizes::get)
                        .sum();
                alive.removeIf(value -> lastRead.getOrDefault(value, 0) <= done);
                now -= freed;
            }
            return new ActivationMemory(peak, all);
        }
    }
}
