/**
 * A network as data: what its block computes, as a list of operator calls with shapes, and the rewrites that make it ready to serve.
 */
package org.lesionstream.trainer.graph;
