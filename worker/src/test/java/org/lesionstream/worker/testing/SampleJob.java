package org.lesionstream.worker.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

/**
 * A job and the outcomes it may have, for tests: {@code aJob("j-1").inCase("c-1", 1, 3).segmented(2)}.
 *
 * @param measured whether the pixel spacing, half a millimetre, is known
 * @param shaped whether the shape of lesions is measured, as it is since it can be
 * @param replay the replay that it was registered as; 0 for the first time
 */
public record SampleJob(
        String id,
        String caseId,
        int image,
        int images,
        String reference,
        long offset,
        boolean measured,
        boolean shaped,
        int replay) {

    public static final Digest CHECKPOINT = digest("checkpoint");
    public static final int WIDTH = 40;
    public static final int HEIGHT = 40;

    public static SampleJob aJob(String id) {
        return new SampleJob(id, "case-of-" + id, 1, 1, "lesion@production", 0, true, true, 0);
    }

    public static Digest digest(String of) {
        return Digest.of(of.getBytes(UTF_8));
    }

    public SampleJob inCase(String otherCase, int image, int images) {
        return new SampleJob(id, otherCase, image, images, reference, offset, measured, shaped, replay);
    }

    public SampleJob by(String otherReference) {
        return new SampleJob(id, caseId, image, images, otherReference, offset, measured, shaped, replay);
    }

    public SampleJob at(long otherOffset) {
        return new SampleJob(id, caseId, image, images, reference, otherOffset, measured, shaped, replay);
    }

    public SampleJob withoutSpacing() {
        return new SampleJob(id, caseId, image, images, reference, offset, false, shaped, replay);
    }

    /** As registered for a replay of its dead letter. */
    public SampleJob replayed(int number) {
        return new SampleJob(id, caseId, image, images, reference, offset, measured, shaped, number);
    }

    /** As an outcome from before shapes were measured. */
    public SampleJob withoutShape() {
        return new SampleJob(id, caseId, image, images, reference, offset, measured, false, replay);
    }

    public ImageJob job() {
        return new ImageJob(
                id,
                new CaseImage(caseId, image, images),
                ImageSource.at(URI.create("file:///images/" + id + ".png")),
                CheckpointReference.parse(reference),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public Envelope envelope() {
        return new Envelope(
                new Position("image-jobs", 0, offset),
                Lane.URGENT,
                1,
                0,
                Optional.empty(),
                100,
                digest("message of " + id));
    }

    public Delivery delivery() {
        return new Delivery(envelope(), job(), new JobRegistration(false, Optional.of(CHECKPOINT), replay));
    }

    /** A mask with that many lesions of four pixels; they overlap, and the result lists as many as it may. */
    public JobOutcome.Segmented segmented(int lesions) {
        return segmented(lesions, ("mask of " + id).getBytes(UTF_8));
    }

    public JobOutcome.Segmented segmented(int lesions, byte[] mask) {
        List<LesionStatistics> found = IntStream.rangeClosed(1, lesions)
                .mapToObj(index -> new SampleLesion(index, measured, shaped).statistics())
                .toList();
        long area = (long) lesions * SampleLesion.PIXELS;
        ClassTotals totals = new ClassTotals(
                1,
                "lesion",
                lesions,
                area,
                SampleLesion.squareMillimetres(area, measured),
                (double) area / (WIDTH * HEIGHT),
                lesions > 0 && shaped ? Optional.of(extent()) : Optional.empty());
        return new JobOutcome.Segmented(
                delivery(),
                new SegmentationResult(
                        id,
                        job().imagingCase(),
                        new CheckpointIdentity("lesion", 7, CHECKPOINT),
                        "fp32",
                        "pytorch-2.0.1 cpu",
                        new ImageIdentity(WIDTH, HEIGHT, digest("image of " + id)),
                        new MaskReference("png", Digest.of(mask), "/api/jobs/" + id + "/mask.png"),
                        List.of(totals),
                        found.subList(0, Math.min(found.size(), SegmentationResult.MAX_LESIONS)),
                        lesions,
                        Map.of("inference", 12.5),
                        1,
                        Optional.empty(),
                        Optional.empty()),
                mask,
                found);
    }

    /** The source holds that many slices, two millimetres apart. */
    public JobOutcome.Expanded expanded(int parts) {
        return new JobOutcome.Expanded(
                delivery(),
                new JobExpansion(id, caseId, job().checkpoint(), digest("image of " + id), parts),
                IntStream.rangeClosed(1, parts)
                        .mapToObj(frame -> new ImagePart(
                                Optional.empty(),
                                OptionalInt.of(frame),
                                Optional.of(new SlicePosition(2.0 * frame, 2))))
                        .toList());
    }

    public JobOutcome.DeadLettered deadLettered(FailureCode code) {
        return new JobOutcome.DeadLettered(envelope(), Optional.of(delivery()), letter(Optional.of(job()), code));
    }

    /** What becomes of a message in which no job could be read. */
    public JobOutcome.DeadLettered unreadable() {
        return new JobOutcome.DeadLettered(
                envelope(), Optional.empty(), letter(Optional.empty(), FailureCode.INVALID_JSON));
    }

    public JobOutcome.Repeated repeated() {
        return new JobOutcome.Repeated(new Delivery(envelope(), job(), new JobRegistration(true, Optional.empty(), 0)));
    }

    private DeadLetter letter(Optional<ImageJob> job, FailureCode code) {
        Envelope envelope = envelope();
        return new DeadLetter(
                job,
                new DeadLetterSource(envelope.position().topic(), 0, offset, envelope.length(), envelope.digest()),
                code,
                "",
                1);
    }

    private ClassExtent extent() {
        return new ClassExtent(
                SampleLesion.PIXELS,
                SampleLesion.squareMillimetres(SampleLesion.PIXELS, measured),
                SampleLesion.LONGEST,
                measured ? Optional.of(SampleLesion.LONGEST * SampleLesion.SPACING) : Optional.empty(),
                Optional.of(0.875),
                Optional.of(0.5));
    }
}
