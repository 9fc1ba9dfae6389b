package org.lesionstream.local.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.SegmentationResult;

/** Answers as a worker would give them, for tests of what the demo makes of them. */
final class Examples {

    static final int SIDE = 64;
    static final CheckpointIdentity CHECKPOINT = new CheckpointIdentity("lesion", 1, Digest.of(new byte[0]));

    private Examples() {}

    /** A submission in which every job but {@link JobKind#INVALID_JSON} is named by its id. */
    static Submission submission(List<PlannedJob> jobs) {
        Map<String, PlannedJob> byName = new HashMap<>();
        Map<String, Long> times = new HashMap<>();
        for (PlannedJob job : jobs) {
            String name = job.kind() == JobKind.INVALID_JSON ? Submission.unreadable("image-jobs", 0, 7) : job.jobId();
            byName.put(name, job);
            times.put(name, 1_000L);
        }
        return new Submission(byName, times);
    }

    static SegmentationResult result(PlannedJob job, int lesions) {
        return new SegmentationResult(
                job.jobId(),
                new CaseImage(job.caseId(), job.image(), job.images()),
                CHECKPOINT,
                "fp32",
                "pytorch-2.0.1 cpu",
                new ImageIdentity(SIDE, SIDE, Digest.of(new byte[1])),
                new MaskReference("png", Digest.of(new byte[2]), "/api/jobs/" + job.jobId() + "/mask.png"),
                List.of(new ClassTotals(
                        1, "lesion", lesions, 100L * lesions, Optional.empty(), 0.02, Optional.empty())),
                List.of(),
                lesions,
                Map.of("decode", 1.0),
                1,
                Optional.empty(),
                Optional.empty());
    }

    static CaseResult caseResult(PlannedJob job, int lesions) {
        return new CaseResult(
                job.caseId(),
                CheckpointReference.parse("lesion@production"),
                Optional.of(CHECKPOINT),
                1,
                job.images(),
                List.of(),
                true,
                List.of(new ClassTotals(
                        1, "lesion", lesions, 100L * lesions, Optional.empty(), 0.02, Optional.empty())),
                lesions,
                job.jobId(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** The result of a case whose only image ended as a dead letter. */
    static CaseResult caseResultWithoutMask(PlannedJob job) {
        return new CaseResult(
                job.caseId(),
                CheckpointReference.parse("lesion@production"),
                Optional.empty(),
                1,
                1,
                List.of(1),
                false,
                List.of(),
                0,
                job.jobId(),
                List.of(1),
                false,
                Optional.empty(),
                Optional.empty());
    }

    static DeadLetter deadLetter(PlannedJob job, FailureCode code) {
        Optional<ImageJob> read = job.kind() == JobKind.INVALID_JSON
                ? Optional.empty()
                : Optional.of(new ImageJob(
                        job.jobId(),
                        new CaseImage(job.caseId(), job.image(), job.images()),
                        ImageSource.at(job.picture().image().toUri()),
                        CheckpointReference.parse("lesion@production"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
        DeadLetterSource source = new DeadLetterSource("image-jobs", 0, 7, 10, Digest.of(new byte[3]));
        return new DeadLetter(read, source, code, "/image", 1);
    }

    /** A disc of the given radius. */
    static LabelMask disc(int radius) {
        byte[] labels = new byte[SIDE * SIDE];
        for (int i = 0; i < labels.length; i++) {
            int row = i / SIDE - SIDE / 2;
            int column = i % SIDE - SIDE / 2;
            labels[i] = (byte) (row * row + column * column <= radius * radius ? 1 : 0);
        }
        return new LabelMask(SIDE, SIDE, labels);
    }

    /** A picture of a disc on the disk. */
    static Picture picture(Path folder, String name) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.fillOval(12, 12, 40, 40);
        graphics.dispose();
        Path file = folder.resolve(name + ".png");
        ImageIO.write(image, "png", file.toFile());
        return new Picture(name, file, file);
    }
}
