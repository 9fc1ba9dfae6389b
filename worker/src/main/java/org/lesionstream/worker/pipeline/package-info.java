/**
 * The main path: the stages in order, the threads they run on, and the hand-offs between them.
 *
 * <p>Comes in: settings and the stages' collaborators. Goes out: a running worker, and its status for the probes. The only
 * package that knows all stages; {@link org.lesionstream.worker.pipeline.SegmentationPipeline} shows them on one screen, and
 * {@link org.lesionstream.worker.pipeline.WorkerWiring} builds what they need.
 */
package org.lesionstream.worker.pipeline;
