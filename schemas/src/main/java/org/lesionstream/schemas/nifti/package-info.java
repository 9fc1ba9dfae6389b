/**
 * Reads and writes NIfTI volumes (NIfTI-1 and NIfTI-2 of the NIfTI data format working group): stacks of grey slices with their place in the patient.
 *
 * <p>In: bytes of a {@code .nii} or {@code .nii.gz} file. Out: {@link org.lesionstream.schemas.nifti.NiftiHeader}, which needs the first bytes alone, and
 * {@link org.lesionstream.schemas.nifti.NiftiVolume}, which gives one slice after the other as {@link org.lesionstream.schemas.image.PixelGrid};
 * {@link org.lesionstream.schemas.nifti.NiftiWriter} turns masks of the slices into a label volume that lies on its source.
 *
 * <p>A file is untrusted. Sizes are compared with the limits before anything is allocated or inflated, no more is inflated than the header says, and every
 * refusal is an {@link org.lesionstream.schemas.image.ImageRefusedException} whose text holds numbers of the header. Its free text is never read.
 *
 * <p>May depend on {@code image} and the JDK alone: trainer and worker decode with this identical code.
 */
package org.lesionstream.schemas.nifti;
