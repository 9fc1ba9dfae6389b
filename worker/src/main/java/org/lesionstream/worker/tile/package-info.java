/**
 * Cuts a picture into what one run of a network takes.
 *
 * <p>In: {@link org.lesionstream.schemas.image.PixelGrid} and the {@link org.lesionstream.schemas.image.InputSpec} of a
 * checkpoint. Out: {@link org.lesionstream.worker.tile.CutImage}, tiles as plain bytes with the plan that leads back.
 *
 * <p>May depend on the JDK, {@code schemas} and the worker's foundations.
 */
package org.lesionstream.worker.tile;
