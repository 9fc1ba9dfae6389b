/**
 * What people look at: scores of finished masks against the truth, from plain pixel counts.
 *
 * <p>In: label masks of equal size. Out: numbers from 0 (nothing in common) to 1 (equal). Unlike {@code loss} nothing here is
 * differentiable and everything is decided on labels, the very bytes that a worker would store. May depend on
 * {@code schemas.image}.
 */
package org.lesionstream.trainer.metric;
