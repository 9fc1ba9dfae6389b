/**
 * What people look at: scores of finished masks against the truth, and how sure the scores are.
 *
 * <p>In: label masks of equal size. Out: overlap and error from plain pixel counts, distances between outlines, lesions found and missed, calibration; means
 * with bootstrap intervals and paired tests of two networks. Unlike {@code loss} nothing here is differentiable and everything is decided on labels, the very
 * bytes that a worker would store. A score that does not exist, such as the distance to an outline that is not there, is absent and never 0. May depend on
 * {@code schemas.image} and {@code schemas.lesion}.
 */
package org.lesionstream.trainer.metric;
