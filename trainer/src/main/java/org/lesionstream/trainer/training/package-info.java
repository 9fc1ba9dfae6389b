/**
 * The loop that turns a network into a good one.
 *
 * <p>In: a block, a loss, a dataset and a judge, all through the constructor of {@link org.lesionstream.trainer.training.TrainingRun}, so that nothing here
 * knows which network it trains. Out: the block holding its best weights, and the curve that led there. May depend on {@code data},
 * {@code loss} and the engine; never on {@code network}.
 */
package org.lesionstream.trainer.training;
