/**
 * What an evaluation found and how a training run gets on, as pages for people: tables, curves and pictures in one file of HTML that runs no script and loads nothing from anywhere.
 *
 * <p>In: summaries of {@code evaluation}, drawn cases, reports of {@code training}. Out: text. Colours follow the reader's light or dark setting. May depend on {@code evaluation},
 * {@code metric}, {@code recipe} and {@code training}.
 */
package org.lesionstream.trainer.report;
