/**
 * What travels on Kafka: image jobs in; segmentation results, case results and dead letters out.
 *
 * <p>In: bytes of a record's value. Out: checked records, or the JSON pointer of the fault; and back again
 * ({@link org.lesionstream.schemas.message.MessageCodec}). The JSON Schema documents and samples are on the class path under
 * {@code contract/}, and {@code contract/asyncapi.yaml} says which message is on which topic under which headers.
 *
 * <p>May depend on: the JDK, {@code schemas.image}, {@code schemas.lesion}, {@code schemas.checkpoint} and Jackson.
 */
package org.lesionstream.schemas.message;
