package org.lesionstream.worker.failure;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.FailureCode;

/**
 * What a failure means to the person who finds the dead letter, and what to do before the job is replayed.
 *
 * @param meaning one sentence
 * @param remedy one sentence
 */
public record FailureAdvice(String meaning, String remedy) {
    private static final String SEND_ANOTHER = "Correct what sends it and send the job under another id.";

    public FailureAdvice {
        requireNonNull(meaning, "meaning");
        requireNonNull(remedy, "remedy");
    }

    /** The advice on a code. */
    public static FailureAdvice on(FailureCode code) {
        return switch (code) {
            case INVALID_JSON ->
                new FailureAdvice(
                        "The message is not one JSON document.",
                        "Correct what sends it and send the job; a replay sends the same bytes again.");
            case SCHEMA_VIOLATION ->
                new FailureAdvice(
                        "The message breaks the contract of jobs at the place that the letter names, or by a field there that it does not know.",
                        "Correct what sends it; a replay is worth it only after an upgrade to workers that know the field.");
            case UNKNOWN_MESSAGE_VERSION ->
                new FailureAdvice(
                        "The header ce_type names a version of the contract that the worker does not read.",
                        "Upgrade the workers, then replay.");
            case MESSAGE_TOO_LARGE ->
                new FailureAdvice(
                        "The message or its inline picture is longer than allowed.",
                        "Raise the limit of the workers and replay, or send the picture by its location.");
            case SOURCE_NOT_ALLOWED ->
                new FailureAdvice(
                        "The picture lies outside of what the workers may read.",
                        "Allow its folder in the settings of the workers and replay, or " + lower(SEND_ANOTHER));
            case SOURCE_NOT_FOUND ->
                new FailureAdvice("Nothing is where the picture should be.", "Put the picture there, then replay.");
            case SOURCE_UNREADABLE ->
                new FailureAdvice(
                        "Where the picture lies did not answer, several times.", "See that it answers, then replay.");
            case CHECKSUM_MISMATCH ->
                new FailureAdvice(
                        "The picture is not the one that the job means: its digest is another.",
                        "Put the right picture there and replay, or " + lower(SEND_ANOTHER));
            case UNSUPPORTED_FORMAT ->
                new FailureAdvice(
                        "The picture is in no format that the workers read.",
                        "Convert the picture in its place, or upgrade the workers, then replay.");
            case UNSUPPORTED_TRANSFER_SYNTAX ->
                new FailureAdvice(
                        "The pixels of the DICOM object are coded in a transfer syntax that the workers do not read.",
                        "Let the archive send it as explicit little endian, or upgrade the workers, then replay.");
            case NO_PIXELS ->
                new FailureAdvice(
                        "The DICOM object holds no picture, as reports and plans do not.",
                        "Name an image object in a job under another id.");
            case IMAGE_DAMAGED ->
                new FailureAdvice(
                        "The picture ends early or contradicts itself.", "Replace it by a sound copy, then replay.");
            case TOO_MANY_BYTES ->
                new FailureAdvice(
                        "The picture's file is longer than allowed.",
                        "Raise the limit of the workers or make the file smaller, then replay.");
            case TOO_MANY_PIXELS ->
                new FailureAdvice(
                        "The picture has more pixels than allowed.",
                        "Raise the limit of the workers or make the picture smaller, then replay.");
            case TOO_MANY_SCANS ->
                new FailureAdvice(
                        "The picture is coded in more passes than allowed, as files are that shall keep a decoder busy.",
                        "Save it again in fewer passes, then replay.");
            case DECODING_TOO_SLOW ->
                new FailureAdvice(
                        "Decoding the picture takes longer than allowed.",
                        "Save it in another coding, or give the workers more time or more processor, then replay.");
            case MANY_IMAGES ->
                new FailureAdvice(
                        "The source holds many pictures and the job cannot go on as one for each of them.",
                        "Send it under another id as image 1 of a case of 1, by its location and not inline, or say which frame is meant.");
            case TOO_MANY_LESIONS ->
                new FailureAdvice(
                        "The mask falls into more lesions than are stored: the network answers noise with noise.",
                        "Ask for another checkpoint, in a job under another id.");
            case IMAGE_NOT_SUITABLE ->
                new FailureAdvice(
                        "The picture cannot be what the checkpoint takes, for example by its channels.",
                        "Ask for a checkpoint that takes such pictures, in a job under another id.");
            case CASE_CONTRADICTION -> new FailureAdvice("Jobs of one case contradict each other.", SEND_ANOTHER);
            case CHECKPOINT_UNKNOWN ->
                new FailureAdvice(
                        "No checkpoint has that name, alias, version or digest.",
                        "Publish or promote the checkpoint, then replay.");
            case CHECKPOINT_STORE_UNAVAILABLE ->
                new FailureAdvice(
                        "The checkpoint store did not answer, as when its volume is not mounted.",
                        "See that the workers reach the store, then replay.");
            case CHECKPOINT_CORRUPT ->
                new FailureAdvice(
                        "The files of the checkpoint do not have the digests of its manifest.",
                        "Restore the checkpoint's files, then replay.");
            case INFERENCE_FAILED ->
                new FailureAdvice(
                        "The network failed on this picture alone.",
                        "Read the worker's log of that time; a replay is worth it after a change of workers or device.");
            case DATABASE_UNAVAILABLE ->
                new FailureAdvice("The database did not answer.", "See that it answers, then replay.");
            case BROKER_UNAVAILABLE ->
                new FailureAdvice("The broker did not answer.", "See that it answers, then replay.");
            case RESULT_SINK_UNAVAILABLE ->
                new FailureAdvice(
                        "The sink of the results did not take them, and gets them again.",
                        "See that it answers and that the workers may write there; they try again by themselves.");
            case RESULT_SINK_REFUSED ->
                new FailureAdvice(
                        "The sink of the results does not accept those of this case.",
                        "Read in the archive's log what it holds against them, then worker sink --retry.");
            case INTERNAL_ERROR ->
                new FailureAdvice(
                        "A fault of the program.",
                        "Report it with the worker's log of that time; replay after an upgrade.");
            case DEADLINE_EXPIRED ->
                new FailureAdvice(
                        "The job was not done before its deadline, after which nobody wants the answer.",
                        "Send the job under another id and a later deadline if the answer is still wanted.");
        };
    }

    private static String lower(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
