/**
 * Pictures with made-up lesions and exact masks, so that a fresh machine has something to train on that belongs to no patient.
 *
 * <p>In: a seed, a count, a size. Out: {@link org.lesionstream.trainer.phantom.Phantom} values, or a folder in the layout that training reads
 * ({@link org.lesionstream.trainer.phantom.PhantomFolder}). Equal settings give equal bytes.
 *
 * <p>May depend on: the JDK, {@code schemas.image} and {@code schemas.lesion}.
 */
package org.lesionstream.trainer.phantom;
