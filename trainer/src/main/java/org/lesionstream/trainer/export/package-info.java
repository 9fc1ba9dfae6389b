/**
 * From a trained block to the files that a worker loads, and the proof that they compute the same.
 *
 * <p>In: a {@link org.lesionstream.trainer.network.SegmentationNetwork} with its weights and an {@link org.lesionstream.trainer.export.ExportPlan}. Out:
 * {@code model.<precision>.pt} (TorchScript, with pre- and post-processing inside) and {@code weights.safetensors}, verified by loading them into the engine
 * again ({@link org.lesionstream.trainer.export.CheckpointExporter}).
 *
 * <p>May depend on {@code graph}, {@code network}, {@code weights}, normalisation and verification tiles of {@code data}, {@code schemas} and DJL. TorchScript is
 * written here and nowhere else.
 */
package org.lesionstream.trainer.export;
