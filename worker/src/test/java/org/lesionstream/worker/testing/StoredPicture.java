package org.lesionstream.worker.testing;

import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.HEIGHT;
import static org.lesionstream.worker.testing.SampleJob.WIDTH;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

/**
 * A picture that jobs segment; several may share it.
 *
 * @param sha256 of its bytes, as the worker found them
 * @param slice its place in a stack
 */
public record StoredPicture(ImageSource source, Digest sha256, Optional<SlicePosition> slice) {
    private static final PixelSpacing HALF_A_MILLIMETRE = new PixelSpacing(0.5, 0.5);

    /** What a job made of it: so many sample lesions, and a mask that need not agree with them. */
    public JobOutcome.Segmented segmented(SampleJob job, Lane lane, int lesions, byte[] mask) {
        JobOutcome.Segmented sample = job.segmented(lesions, mask);
        SegmentationResult found = sample.result();
        ImageJob asked = new ImageJob(
                job.id(),
                job.job().imagingCase(),
                source,
                job.job().checkpoint(),
                Optional.of(HALF_A_MILLIMETRE),
                slice,
                Optional.empty(),
                job.job().labels());
        Envelope envelope = job.envelope();
        Envelope laned = new Envelope(
                new Position(lane == Lane.URGENT ? "image-jobs" : "image-jobs-backfill", 0, job.offset()),
                lane,
                1,
                0,
                Optional.empty(),
                envelope.length(),
                envelope.digest());
        SegmentationResult result = new SegmentationResult(
                job.id(),
                found.imagingCase(),
                found.checkpoint(),
                found.precision(),
                found.engine(),
                new ImageIdentity(WIDTH, HEIGHT, sha256),
                found.mask(),
                found.totals(),
                found.lesions(),
                found.lesionCount(),
                found.timingsMillis(),
                1,
                Optional.of(HALF_A_MILLIMETRE),
                Optional.of(LesionRules.ALL));
        return new JobOutcome.Segmented(
                new Delivery(laned, asked, new JobRegistration(false, Optional.of(CHECKPOINT), 0)),
                result,
                mask,
                sample.lesions());
    }

    /** A mask whose pixels have the label 1 in so many columns from one on, in rows 10 to 19, and no other. */
    public static byte[] band(int firstColumn, int columns) {
        byte[] labels = new byte[WIDTH * HEIGHT];
        for (int row = 10; row < 20; row++) {
            for (int column = firstColumn; column < firstColumn + columns; column++) {
                labels[row * WIDTH + column] = 1;
            }
        }
        return MaskPng.encode(new LabelMask(HEIGHT, WIDTH, labels), 1);
    }
}
