/**
 * What a network is worth: pictures through it, exactly as the worker would do it, and scores against the truth.
 *
 * <p>In: decoded pictures with their masks and something that predicts tiles, be it a network in training or an exported file. Out: masks
 * at source size, and what is measured about them: per case and class, and summed up per split with intervals; two checkpoints compared case by case.
 * Preparation, cutting, stitching and deciding
 * are the shared code of {@code schemas.image}, so a score speaks about what will be served. May depend on {@code data}, {@code metric}, {@code export},
 * {@code graph} and {@code network} (for what a file costs), {@code schemas} and the engine.
 */
package org.lesionstream.trainer.evaluation;
