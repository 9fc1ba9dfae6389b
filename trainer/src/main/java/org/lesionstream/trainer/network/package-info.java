/**
 * Segmentation networks as ordinary DJL blocks: images {@code [N, C, H, W]} in, logits {@code [N, classes, H, W]} out, one array per head.
 *
 * <p>{@link org.lesionstream.trainer.network.NetworkCatalog} builds a network from a {@link org.lesionstream.trainer.network.NetworkSpec}, the text that
 * commands, manifests and checkpoints carry. Every parameter is known by the name that it has in the published PyTorch code
 * ({@link org.lesionstream.trainer.network.SegmentationNetwork#stateDict()}), so public weights fit.
 *
 * <p>From small to large: {@code Layer} (one map in, one out) and {@code Part} (several), layers with weights ({@code Convolution}, {@code Linear}, {@code
 * BatchNorm}), blocks ({@code BlockStyle}, {@code TransformerBlock}, {@code ResidualUBlock}), the three thirds of a U-Net ({@code Encoder}, {@code Skips},
 * {@code UpStep}), and the networks: {@link org.lesionstream.trainer.network.UNet}, {@link org.lesionstream.trainer.network.UNetPlusPlus}, {@link
 * org.lesionstream.trainer.network.UNetV2}, {@link org.lesionstream.trainer.network.U2Net}. {@code UNetBuilder} and {@code NestedBlocks} are the tables of what
 * differs between those of a family.
 *
 * <p>May depend on DJL's blocks and arrays alone: nothing here knows of files, training or export. The image operations that DJL does not offer on arrays live
 * in {@link org.lesionstream.trainer.network.ImageOperations}.
 */
package org.lesionstream.trainer.network;
