/**
 * From a TorchScript file made elsewhere to a checkpoint that a worker cannot tell from our own.
 *
 * <p>In: the file and an {@link org.lesionstream.trainer.adopt.AdoptionPlan} that says what its module wants to be fed and what its answer means. Out: {@code
 * model.fp32.pt}, the same module inside of one that takes the bytes of tiles and answers with bytes, verified against the module by running both ({@link
 * org.lesionstream.trainer.adopt.Adoption}). Nothing of the file is trusted: its container and its pickle are read here as data, and only the engine runs it.
 *
 * <p>May depend on {@code export}, {@code graph}, the normalisation of {@code data}, {@code schemas} and DJL.
 */
package org.lesionstream.trainer.adopt;
