package org.lesionstream.trainer.graph;

/** One rewrite of a graph into another that computes the same, or the same more cheaply. */
@FunctionalInterface
public interface GraphPass {
    /** The rewritten graph; the given one stays as it is. */
    Graph apply(Graph graph);

    /** Several rewrites, one after the other. */
    static GraphPass inOrder(GraphPass... passes) {
        return graph -> {
            Graph rewritten = graph;
            for (GraphPass pass : passes) {
                rewritten = pass.apply(rewritten);
            }
            return rewritten;
        };
    }
}
