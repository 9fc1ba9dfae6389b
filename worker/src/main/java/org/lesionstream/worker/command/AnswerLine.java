package org.lesionstream.worker.command;

import java.util.stream.Collectors;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.schemas.message.SegmentationResult;

/** One line of text per answer, for people who watch a stream go by. */
final class AnswerLine {
    private final MessageCodec codec;

    AnswerLine(MessageCodec codec) {
        this.codec = codec;
    }

    /** @throws org.lesionstream.schemas.message.InvalidMessageException if the bytes are no message of that type */
    String of(MessageType type, byte[] value) {
        return switch (type) {
            case SEGMENTATION_RESULT -> line(codec.readResult(value));
            case CASE_RESULT -> line(codec.readCaseResult(value));
            case DEAD_LETTER -> line(codec.readDeadLetter(value));
            case JOB_EXPANSION -> line(codec.readJobExpansion(value));
            case IMAGE_JOB, IMAGE_JOB_V2 -> "job " + codec.readJob(type, value).jobId();
            case CASE_TIMEOUT -> "timeout case=" + codec.readCaseTimeout(value).caseId();
        };
    }

    private static String line(SegmentationResult result) {
        return "result job=%s case=%s image=%d/%d checkpoint=%s@%d lesions=%d area=%spx"
                .formatted(
                        result.jobId(),
                        result.imagingCase().id(),
                        result.imagingCase().image(),
                        result.imagingCase().images(),
                        result.checkpoint().name(),
                        result.checkpoint().version(),
                        result.lesionCount(),
                        result.totals().stream()
                                .map(ClassTotals::areaPixels)
                                .map(String::valueOf)
                                .collect(Collectors.joining("+")));
    }

    private static String line(CaseResult result) {
        return "case case=%s revision=%d images=%d missing=%d checkpoint=%s lesions=%d%s%s%s"
                .formatted(
                        result.caseId(),
                        result.revision(),
                        result.images(),
                        result.missing().size(),
                        result.checkpoint()
                                .map(known -> known.name() + "@" + known.version())
                                .orElse("-"),
                        result.lesionCount(),
                        result.volume()
                                .map(volume -> " volume-lesions=" + volume.lesionCount())
                                .orElse(""),
                        result.complete() ? "" : " incomplete",
                        result.closedByTime() ? " closed-by-time" : "");
    }

    private static String line(JobExpansion expansion) {
        return "expanded job=%s case=%s images=%d checkpoint=%s"
                .formatted(expansion.jobId(), expansion.caseId(), expansion.images(), expansion.checkpoint());
    }

    private static String line(DeadLetter letter) {
        return "dead-letter job=%s code=%s at=%s attempts=%d source=%s-%d@%d"
                .formatted(
                        letter.job().map(ImageJob::jobId).orElse("-"),
                        letter.code(),
                        letter.where().isEmpty() ? "-" : letter.where(),
                        letter.attempts(),
                        letter.source().topic(),
                        letter.source().partition(),
                        letter.source().offset());
    }
}
