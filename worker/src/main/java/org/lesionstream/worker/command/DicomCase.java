package org.lesionstream.worker.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.JobDetails;
import org.lesionstream.worker.persist.JobQueries;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.SourcePicture;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.persist.StoredMask;
import org.lesionstream.worker.result.dicom.CaseSegmentation;
import org.lesionstream.worker.result.dicom.ReportedClass;
import org.lesionstream.worker.result.dicom.SegmentedImage;
import org.lesionstream.worker.result.dicom.SourceInstance;

/**
 * Puts together what a DICOM result of a case is made of: masks and lesions from the tables, the headers of the pictures from where these lie. Patient
 * and study are read there and nowhere else. Confined to one thread.
 */
final class DicomCase {
    private final JobQueries jobs;
    private final SourceQueries sources;
    private final CheckpointQueries checkpoints;
    private final ImageFetcher fetcher;
    private final DecodeLimits limits;
    private final MessageCodec codec = new MessageCodec();
    private final Map<URI, SourceInstance> read = new HashMap<>();

    DicomCase(DataSource tables, ImageFetcher fetcher, DecodeLimits limits) {
        this.jobs = new JobQueries(tables);
        this.sources = new SourceQueries(tables);
        this.checkpoints = new CheckpointQueries(tables);
        this.fetcher = fetcher;
        this.limits = limits;
    }

    /**
     * The segmentation of a closed case.
     *
     * @throws SegmentationException with the image at fault: a mask that was dropped, a picture that is not where it was, is another one, or is
     *     no DICOM; or with the case, if its images do not fit into one object
     */
    CaseSegmentation segmentation(CaseDetails found) {
        Digest digest = found.overview()
                .checkpointDigest()
                .map(Digest::new)
                .orElseThrow(() -> new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, "case"));
        CheckpointManifest manifest = checkpoints
                .manifest(digest)
                .orElseThrow(() -> new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, "case"));
        boolean volume = found.result()
                .map(json -> codec.readCaseResult(json.getBytes(UTF_8)))
                .flatMap(result -> result.volume())
                .isPresent();
        List<SegmentedImage> images = new ArrayList<>();
        for (CaseDetails.CaseJob job : found.jobs()) {
            if (job.counted() && job.outcome() == OutcomeKind.SEGMENTED) {
                images.add(image(job, volume));
            }
        }
        Optional<List<VolumeLesion>> lesions = volume ? Optional.of(found.volumeLesions()) : Optional.empty();
        try {
            return new CaseSegmentation(
                    found.overview().caseId(),
                    new CheckpointIdentity(manifest.name(), manifest.version(), digest),
                    manifest.classes().stream().map(ReportedClass::of).toList(),
                    images,
                    lesions);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), "case", refusal);
        }
    }

    private SegmentedImage image(CaseDetails.CaseJob job, boolean volume) {
        String where = "image " + job.image();
        StoredMask mask = jobs.mask(job.jobId())
                .orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_FOUND, "mask of " + where));
        SourcePicture picture = sources.ofJob(job.jobId())
                .orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where));
        URI location =
                picture.location().orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where));
        SourceInstance instance = read.get(location);
        if (instance == null) {
            instance = instance(location, picture.sha256(), where);
            read.put(location, instance);
        }
        return new SegmentedImage(
                job.image(),
                instance,
                picture.frame().orElse(1) - 1,
                MaskPng.decode(mask.png()),
                volume
                        ? List.of()
                        : jobs.job(job.jobId()).map(JobDetails::lesions).orElse(List.of()));
    }

    private SourceInstance instance(URI location, Digest segmented, String where) {
        byte[] bytes = fetcher.fetch(ImageSource.at(location), where);
        if (!Digest.of(bytes).equals(segmented)) {
            throw new SegmentationException(FailureCode.CHECKSUM_MISMATCH, where);
        }
        try {
            return SourceInstance.read(bytes, limits);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), where, refusal);
        }
    }
}
