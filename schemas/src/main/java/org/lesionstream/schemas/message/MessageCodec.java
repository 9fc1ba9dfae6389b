package org.lesionstream.schemas.message;

import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.ContractViolationException;
import org.lesionstream.schemas.checkpoint.JsonContract;

/**
 * Messages to bytes and back, checked against their JSON Schema documents.
 *
 * <ul>
 *   <li>What is read is valid: the schema holds, and so does every check of the records.
 *   <li>A fault is named by its JSON pointer, never by the offending value.
 *   <li>A job refuses unknown fields, since it would be wrong to do only half of what it asks; outputs ignore them.
 *   <li>Any number of threads may use one codec; the schemas are compiled once.
 * </ul>
 */
public final class MessageCodec {

    /** Default limit of inline pictures: what base64 turns into about 11 MB of message. */
    public static final int DEFAULT_MAX_INLINE_BYTES = 8 << 20;

    /** Room for everything in a job but its inline pictures; the schema allows no job that needs more. */
    private static final long ENVELOPE_BYTES = 256 << 10;

    private final long maxInlineBytes;
    private final JsonContract<ImageJob> job = contract(MessageType.IMAGE_JOB, ImageJob.class);
    private final JsonContract<ImageJob> jobV2 = contract(MessageType.IMAGE_JOB_V2, ImageJob.class);
    private final JsonContract<SegmentationResult> result =
            contract(MessageType.SEGMENTATION_RESULT, SegmentationResult.class);
    private final JsonContract<CaseResult> caseResult = contract(MessageType.CASE_RESULT, CaseResult.class);
    private final JsonContract<DeadLetter> deadLetter = contract(MessageType.DEAD_LETTER, DeadLetter.class);
    private final JsonContract<CaseTimeout> caseTimeout = contract(MessageType.CASE_TIMEOUT, CaseTimeout.class);
    private final JsonContract<JobExpansion> jobExpansion = contract(MessageType.JOB_EXPANSION, JobExpansion.class);

    /** With the default limit of inline pictures. */
    public MessageCodec() {
        this(DEFAULT_MAX_INLINE_BYTES);
    }

    /**
     * With a limit of one's own.
     *
     * @param maxInlineBytes most bytes of all inline pictures of a job together, decoded; 0 allows none
     */
    public MessageCodec(long maxInlineBytes) {
        if (maxInlineBytes < 0) {
            throw new IllegalArgumentException("maxInlineBytes must not be negative, was " + maxInlineBytes);
        }
        this.maxInlineBytes = maxInlineBytes;
    }

    /** Prints any of the messages as compact JSON in UTF-8. */
    public byte[] write(Object message) {
        return switch (MessageType.of(message)) {
            case IMAGE_JOB -> job.write((ImageJob) message);
            case IMAGE_JOB_V2 -> jobV2.write((ImageJob) message);
            case SEGMENTATION_RESULT -> result.write((SegmentationResult) message);
            case CASE_RESULT -> caseResult.write((CaseResult) message);
            case DEAD_LETTER -> deadLetter.write((DeadLetter) message);
            case CASE_TIMEOUT -> caseTimeout.write((CaseTimeout) message);
            case JOB_EXPANSION -> jobExpansion.write((JobExpansion) message);
        };
    }

    /**
     * Reads a job that does not say its version, hence may say all that the newest one can.
     *
     * @throws InvalidMessageException if it is too long, not JSON or not a job
     */
    public ImageJob readJob(byte[] json) {
        return readJob(MessageType.IMAGE_JOB_V2, json);
    }

    /**
     * Reads a job of a version.
     *
     * @param version a type of which {@link MessageType#isJob} is true
     * @throws InvalidMessageException if it is too long, not JSON or not a job of that version
     */
    public ImageJob readJob(MessageType version, byte[] json) {
        if (!version.isJob()) {
            throw new IllegalArgumentException("version must be one of a job, was " + version);
        }
        if (json.length > ENVELOPE_BYTES + (maxInlineBytes + 2) / 3 * 4) {
            throw new InvalidMessageException(FailureCode.MESSAGE_TOO_LARGE, "");
        }
        ImageJob read = read(version == MessageType.IMAGE_JOB ? job : jobV2, json);
        if (inlineBytes(read.image()) > maxInlineBytes) {
            throw new InvalidMessageException(FailureCode.MESSAGE_TOO_LARGE, "/image");
        }
        return read;
    }

    /**
     * Reads a segmentation result.
     *
     * @throws InvalidMessageException if it is none
     */
    public SegmentationResult readResult(byte[] json) {
        return read(result, json);
    }

    /**
     * Reads a case result.
     *
     * @throws InvalidMessageException if it is none
     */
    public CaseResult readCaseResult(byte[] json) {
        return read(caseResult, json);
    }

    /**
     * Reads a dead letter.
     *
     * @throws InvalidMessageException if it is none
     */
    public DeadLetter readDeadLetter(byte[] json) {
        return read(deadLetter, json);
    }

    /**
     * Reads the control record that a case's time is up.
     *
     * @throws InvalidMessageException if it is none
     */
    public CaseTimeout readCaseTimeout(byte[] json) {
        return read(caseTimeout, json);
    }

    /**
     * Reads the answer to a job that went on as many.
     *
     * @throws InvalidMessageException if it is none
     */
    public JobExpansion readJobExpansion(byte[] json) {
        return read(jobExpansion, json);
    }

    private static <T> JsonContract<T> contract(MessageType type, Class<T> payload) {
        return new JsonContract<>(payload, type.document());
    }

    @SuppressWarnings("UnusedException") // everything it says is in the new exception
    private static <T> T read(JsonContract<T> contract, byte[] json) {
        try {
            return contract.read(json);
        } catch (ContractViolationException violation) {
            FailureCode code = violation.json() ? FailureCode.SCHEMA_VIOLATION : FailureCode.INVALID_JSON;
            throw new InvalidMessageException(code, violation.pointer());
        }
    }

    private static long inlineBytes(ImageSource source) {
        return Stream.concat(Stream.of(source), source.channels().stream())
                .flatMap(each -> each.inline().stream())
                .mapToLong(inline -> inline.bytes().length)
                .sum();
    }
}
