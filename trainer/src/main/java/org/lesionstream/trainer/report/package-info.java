/**
 * What an evaluation found, as pages for people: tables, curves and pictures in one file of HTML that runs no script and loads nothing from anywhere.
 *
 * <p>In: summaries of {@code evaluation} and drawn cases. Out: text. Colours follow the reader's light or dark setting. May depend on {@code evaluation} and
 * {@code metric}.
 */
package org.lesionstream.trainer.report;
