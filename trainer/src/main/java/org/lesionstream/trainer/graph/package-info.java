/**
 * A network as data: what its block computes, as a list of operator calls with shapes, and the rewrites that make it ready to serve, or to train in another
 * precision.
 *
 * <p>In: a DJL block, which {@link org.lesionstream.trainer.graph.Tracer} runs once on arrays that hold no numbers. Out: a {@link
 * org.lesionstream.trainer.graph.Graph}, immutable, in the operators of PyTorch's ATen library. Each {@link org.lesionstream.trainer.graph.GraphPass} turns
 * one graph into another and does one thing.
 *
 * <p>May depend on DJL's blocks and arrays and on {@code network} for the operations that DJL lacks. Nothing here runs an engine: a graph is plain Java.
 */
package org.lesionstream.trainer.graph;
