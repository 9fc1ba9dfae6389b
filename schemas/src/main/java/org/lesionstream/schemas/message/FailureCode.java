package org.lesionstream.schemas.message;

/**
 * Why a job could not be done. Codes are stable: the same one stands in the message, the metric and the table, and none is ever
 * renamed or used for something else.
 */
public enum FailureCode {
    /** The value is not one JSON document. */
    INVALID_JSON(FailureType.INPUT),
    /** The document breaks its JSON Schema, or a rule between its fields. */
    SCHEMA_VIOLATION(FailureType.INPUT),
    /** The header names a type or version that this worker does not read. */
    UNKNOWN_MESSAGE_VERSION(FailureType.INPUT),
    /** The message is longer than allowed. */
    MESSAGE_TOO_LARGE(FailureType.INPUT),
    /** The location lies outside the allowed schemes, hosts or folders. */
    SOURCE_NOT_ALLOWED(FailureType.INPUT),
    /** Nothing is at the location. */
    SOURCE_NOT_FOUND(FailureType.INPUT),
    /** The location did not answer. */
    SOURCE_UNREADABLE(FailureType.TRANSIENT),
    /** The bytes do not have the digest that the job gives. */
    CHECKSUM_MISMATCH(FailureType.INPUT),
    /** The bytes are no picture in a format that is read. */
    UNSUPPORTED_FORMAT(FailureType.INPUT),
    /** The pixels of a DICOM object are coded in a transfer syntax that is not read. */
    UNSUPPORTED_TRANSFER_SYNTAX(FailureType.INPUT),
    /** The DICOM object holds no picture, such as a report or a plan. */
    NO_PIXELS(FailureType.INPUT),
    /** The picture ends early or contradicts itself. */
    IMAGE_DAMAGED(FailureType.INPUT),
    /** The encoded picture has more bytes than allowed. */
    TOO_MANY_BYTES(FailureType.INPUT),
    /** The picture has more pixels than allowed. */
    TOO_MANY_PIXELS(FailureType.INPUT),
    /** The picture is coded in more passes than allowed. */
    TOO_MANY_SCANS(FailureType.INPUT),
    /** Decoding the picture takes longer than allowed. */
    DECODING_TOO_SLOW(FailureType.INPUT),
    /** The source holds many pictures where one was expected. */
    MANY_IMAGES(FailureType.INPUT),
    /** The mask falls into more lesions than are ever stored; a network that answers noise with noise. */
    TOO_MANY_LESIONS(FailureType.INPUT),
    /** The picture cannot be what the checkpoint takes, for example by its channels. */
    IMAGE_NOT_SUITABLE(FailureType.INPUT),
    /** Jobs of one case contradict each other, for example in the number of images. */
    CASE_CONTRADICTION(FailureType.INPUT),
    /** No checkpoint has that name, alias, version or digest. */
    CHECKPOINT_UNKNOWN(FailureType.INPUT),
    /** The checkpoint store did not answer, as when its volume is not mounted. */
    CHECKPOINT_STORE_UNAVAILABLE(FailureType.TRANSIENT),
    /** The files of the checkpoint do not have the digests of its manifest. */
    CHECKPOINT_CORRUPT(FailureType.INTERNAL),
    /** The network failed on this image alone. */
    INFERENCE_FAILED(FailureType.INTERNAL),
    /** The database did not answer. */
    DATABASE_UNAVAILABLE(FailureType.TRANSIENT),
    /** The broker did not answer. */
    BROKER_UNAVAILABLE(FailureType.TRANSIENT),
    /** Where the results of closed cases go did not take them now; they are sent again. Never the end of a job. */
    RESULT_SINK_UNAVAILABLE(FailureType.TRANSIENT),
    /** Where the results of closed cases go does not accept them. Never the end of a job. */
    RESULT_SINK_REFUSED(FailureType.INPUT),
    /** A fault of the program. */
    INTERNAL_ERROR(FailureType.INTERNAL),
    /** The deadline passed before the work was done. */
    DEADLINE_EXPIRED(FailureType.EXPIRED);

    private final FailureType type;

    FailureCode(FailureType type) {
        this.type = type;
    }

    /** Whose fault it is. */
    public FailureType type() {
        return type;
    }
}
