/**
 * Variation of samples, so that a network sees each picture in many forms.
 *
 * <p>In: a sample and a source of chance. Out: another sample of the same size. Only changes that leave a lesion a lesion belong here; picture
 * and mask always change together. May depend on {@code data}, {@code term} and {@code schemas.image}.
 */
package org.lesionstream.trainer.augment;
