/**
 * What a lesion is to trainer and worker: a connected region of one label, and its measurements.
 *
 * <p>In: a {@link org.lesionstream.schemas.image.LabelMask}, confidence bytes and pixel spacing where known. Out: regions in a fixed order
 * ({@link org.lesionstream.schemas.lesion.ConnectedComponents}), filtered by the rules of the checkpoint
 * ({@link org.lesionstream.schemas.lesion.LesionRules}), and statistics for each of them.
 *
 * <p>May depend on: the JDK and {@code schemas.image}.
 */
package org.lesionstream.schemas.lesion;
