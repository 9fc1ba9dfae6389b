/**
 * In which precision a network computes while it trains.
 *
 * <p>In: an initialised {@link org.lesionstream.trainer.network.SegmentationNetwork}. Out: a block with the same parameters whose steps of training compute in
 * bfloat16 ({@link org.lesionstream.trainer.precision.MixedPrecisionBlock}). May depend on {@code graph}, {@code export}, {@code network} and DJL; whoever trains knows only a
 * block.
 */
package org.lesionstream.trainer.precision;
