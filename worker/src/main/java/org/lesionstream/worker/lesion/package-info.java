/**
 * Turns network outputs into what a job asked for: a mask and its lesions.
 *
 * <p>In: {@link org.lesionstream.schemas.image.TileOutput} of all tiles, their plan, the checkpoint's rules and the pixel
 * spacing where it is known. Out: {@link org.lesionstream.worker.lesion.LesionReport}. All measuring is done by {@code
 * schemas.image} and {@code schemas.lesion}, so that the trainer reports the same numbers.
 *
 * <p>May depend on the JDK, {@code schemas} and the worker's foundations.
 */
package org.lesionstream.worker.lesion;
