/**
 * What training minimizes: differentiable functions of logits and target, each with its formula, shapes and reduction.
 *
 * <p>In: logits {@code [N, K, H, W]} straight from a network head and a {@link org.lesionstream.trainer.loss.Target} of the same size. For {@code K = 1}
 * the one map is the foreground behind a sigmoid; for {@code K >= 2} the maps are classes behind a softmax, the target is one-hot
 * and class 0 is the background. Out: one number, attached to the manager of the logits. {@link org.lesionstream.trainer.loss.LossCatalog} reads losses from
 * text, {@link org.lesionstream.trainer.loss.DeepSupervision} adds them up over the heads of a network. May depend on arrays of the engine and on {@code term}
 * only.
 */
package org.lesionstream.trainer.loss;
