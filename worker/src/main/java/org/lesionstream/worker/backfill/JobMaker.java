package org.lesionstream.worker.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.InvalidMessageException;
import org.lesionstream.schemas.message.MessageCodec;

/**
 * Makes the job of an entry. The same entry and checkpoint make the same job at every run, which is what makes running a backfill
 * twice harmless.
 *
 * <ul>
 *   <li>Job id: {@code bf-} and the SHA-256 of location, given digest, given case and image number, and checkpoint reference.
 *   <li>Case id, where none is given: {@code bf-} and the SHA-256 of location and given digest, without the checkpoint, so that the
 *       cases of two checkpoints are the same and can be compared.
 *   <li>A digest tells nothing about a name in a path to whoever reads ids; spacing, slice and labels leave ids alone.
 *   <li>A job keeps its contract, so the worker never refuses to read it; such a message would have no outcome under its id.
 * </ul>
 */
public final class JobMaker {
    private static final String PREFIX = "bf-";

    private final CheckpointReference checkpoint;
    private final MessageCodec codec;

    public JobMaker(CheckpointReference checkpoint, MessageCodec codec) {
        this.checkpoint = requireNonNull(checkpoint, "checkpoint");
        this.codec = requireNonNull(codec, "codec");
    }

    /** The job of the entry at that line, or why there is none. */
    SourceLine job(long number, Entry entry) {
        try {
            return new SourceLine.Picture(number, codec.readJob(codec.write(job(entry))));
        } catch (InvalidMessageException e) {
            return new SourceLine.Refused(number, broken(e.pointer()));
        } catch (IllegalArgumentException e) { // of a record, which never quotes the value
            return new SourceLine.Refused(number, e.getMessage());
        }
    }

    private ImageJob job(Entry entry) {
        String uri = entry.uri().toString();
        String digest = entry.sha256().map(Digest::hex).orElse("");
        String caseId = entry.caseId().orElse("");
        // another window is another job; without one the ids are those of before there were windows
        String shown = entry.window()
                .map(window -> " " + window.low() + ".." + window.high())
                .orElse("");
        return new ImageJob(
                id("job", uri, digest, caseId, String.valueOf(entry.image()), checkpoint.toString() + shown),
                new CaseImage(entry.caseId().orElseGet(() -> id("case", uri, digest)), entry.image(), entry.images()),
                new ImageSource(
                        Optional.of(entry.uri()),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        entry.sha256(),
                        OptionalInt.empty()),
                checkpoint,
                entry.pixelSpacing(),
                entry.window(),
                entry.slice(),
                Optional.empty(),
                entry.labels());
    }

    /** None of the parts can hold a line break: they are escaped, or checked by a pattern. */
    private static String id(String... parts) {
        return PREFIX + Digest.of(String.join("\n", parts).getBytes(UTF_8));
    }

    private static String broken(String pointer) {
        if (pointer.startsWith("/labels")) { // the name of a label comes from the source, too
            return "a label has a name or a text that the contract image-job.v1 does not allow";
        }
        return "the job would break the contract image-job.v1 at " + (pointer.isEmpty() ? "the document" : pointer);
    }
}
