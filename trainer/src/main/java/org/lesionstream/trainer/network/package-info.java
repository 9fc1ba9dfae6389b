/**
 * Segmentation networks as ordinary DJL blocks: images {@code [N, C, H, W]} in, logits {@code [N, classes, H, W]} out, one array per head.
 *
 * <p>{@link org.lesionstream.trainer.network.NetworkCatalog} builds a network from a {@link org.lesionstream.trainer.network.NetworkSpec}, the text that
 * commands, manifests and checkpoints carry. Every parameter is known by the name that it has in the published PyTorch code
 * ({@link org.lesionstream.trainer.network.SegmentationNetwork#stateDict()}), so public weights fit.
 *
 * <p>May depend on DJL's layers and arrays alone: nothing here knows of files, training or export. The two image operations that DJL does not offer on
 * arrays live in {@link org.lesionstream.trainer.network.ImageOperations}.
 */
package org.lesionstream.trainer.network;
