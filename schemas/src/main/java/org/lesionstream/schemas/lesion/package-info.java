/**
 * What a lesion is to trainer and worker: a connected region of one label, and its measurements.
 *
 * <p>In: a {@link org.lesionstream.schemas.image.LabelMask}, confidence bytes, pixel spacing and picture where known. Out: regions in a
 * fixed order ({@link org.lesionstream.schemas.lesion.ConnectedComponents}), filled, merged and filtered by the rules of the checkpoint
 * ({@link org.lesionstream.schemas.lesion.LesionRules}), and for each of them
 * {@link org.lesionstream.schemas.lesion.LesionStatistics} ({@link org.lesionstream.schemas.lesion.LesionMeasurer}). The slices of a case
 * give lesions in three dimensions, {@link org.lesionstream.schemas.lesion.VolumeLesion}
 * ({@link org.lesionstream.schemas.lesion.VolumeMeasurer}).
 *
 * <p>May depend on: the JDK and {@code schemas.image}.
 */
package org.lesionstream.schemas.lesion;
