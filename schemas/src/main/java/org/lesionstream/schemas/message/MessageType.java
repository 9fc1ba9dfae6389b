package org.lesionstream.schemas.message;

import java.util.Arrays;
import java.util.Optional;

/** The types of message, each with its CloudEvents type and the JSON Schema document that describes it. */
public enum MessageType {
    IMAGE_JOB("image-job.v1", ImageJob.class),
    /** With a window. */
    IMAGE_JOB_V2("image-job.v2", ImageJob.class),
    SEGMENTATION_RESULT("segmentation-result.v1", SegmentationResult.class),
    CASE_RESULT("case-result.v1", CaseResult.class),
    DEAD_LETTER("dead-letter.v1", DeadLetter.class),
    CASE_TIMEOUT("case-timeout.v1", CaseTimeout.class),
    JOB_EXPANSION("job-expansion.v1", JobExpansion.class);

    private static final String PREFIX = "org.lesionstream.";

    private final String document;
    private final Class<?> payload;

    MessageType(String document, Class<?> payload) {
        this.document = document;
        this.payload = payload;
    }

    /** The type of the record {@code message}, one of those of this package; of several versions the oldest that holds all it says. */
    public static MessageType of(Object message) {
        if (message instanceof ImageJob job) {
            return job.version();
        }
        return Arrays.stream(values())
                .filter(type -> type.payload.isInstance(message))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "message must be of a type that travels, was " + message.getClass()));
    }

    /** The type that the header {@code ce_type} names; empty for one that this version does not know. */
    public static Optional<MessageType> ofCeType(String ceType) {
        return Arrays.stream(values())
                .filter(type -> type.ceType().equals(ceType))
                .findFirst();
    }

    /** Whether it is a job, of whichever version. */
    public boolean isJob() {
        return payload == ImageJob.class;
    }

    /** Value of the header {@code ce_type}, such as {@code org.lesionstream.image-job.v1}. */
    public String ceType() {
        return PREFIX + document;
    }

    /** Path of the JSON Schema document on the class path, such as {@code contract/image-job.v1.schema.json}. */
    public String schemaResource() {
        return "contract/" + document + ".schema.json";
    }

    /** Name of the document without folder and ending. */
    String document() {
        return document;
    }
}
