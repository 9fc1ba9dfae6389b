/**
 * What trainer and worker agree on, and the code that both must run identically.
 *
 * <p>The packages build on each other from left to right: {@code image} (pictures, tiles, geometry), {@code nifti} (volumes of
 * pictures), {@code lesion} (regions and
 * their measurements), {@code checkpoint} (manifest, references, digests), {@code message} (what travels on Kafka). The resources
 * hold the JSON Schema documents, the AsyncAPI document and the database migrations.
 *
 * <p>May depend on: the JDK, Jackson and a JSON Schema validator, the latter two in {@code checkpoint} and {@code message} only.
 */
package org.lesionstream.schemas;
