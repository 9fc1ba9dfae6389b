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
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.JobDetails;
import org.lesionstream.worker.persist.JobQueries;
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
    private final CheckpointQueries checkpoints;
    private final ImageFetcher fetcher;
    private final DecodeLimits limits;
    private final Map<URI, SourceInstance> read = new HashMap<>();

    DicomCase(DataSource tables, ImageFetcher fetcher, DecodeLimits limits) {
        this.jobs = new JobQueries(tables);
        this.checkpoints = new CheckpointQueries(tables);
        this.fetcher = fetcher;
        this.limits = limits;
    }

    /**
     * The segmentation of a closed case.
     *
     * @param first what lies at the location of the first image; it is not fetched again
     * @throws SegmentationException with the image at fault: a picture that is not where it was, is another one, or is no DICOM; or with the
     *     case, if its images do not fit into one object
     */
    CaseSegmentation segmentation(CaseDetails found, List<StoredImage> stored, byte[] first) {
        Digest digest = found.overview().checkpointDigest().map(Digest::new).orElseThrow(DicomCase::unknown);
        CheckpointManifest manifest = checkpoints.manifest(digest).orElseThrow(DicomCase::unknown);
        boolean volume = found.result()
                .map(json -> new MessageCodec().readCaseResult(json.getBytes(UTF_8)))
                .flatMap(CaseResult::volume)
                .isPresent();
        read.put(stored.get(0).location(), instance(stored.get(0), first));
        List<SegmentedImage> images = new ArrayList<>();
        stored.forEach(image -> images.add(segmented(image, volume)));
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

    private SegmentedImage segmented(StoredImage image, boolean volume) {
        SourceInstance instance = read.get(image.location());
        if (instance == null) {
            instance = instance(image, image.source(fetcher));
            read.put(image.location(), instance);
        }
        return new SegmentedImage(
                image.image(),
                instance,
                image.frame().orElse(1) - 1,
                MaskPng.decode(image.mask().png()),
                volume
                        ? List.of()
                        : jobs.job(image.jobId()).map(JobDetails::lesions).orElse(List.of()));
    }

    private SourceInstance instance(StoredImage image, byte[] source) {
        try {
            return SourceInstance.read(source, limits);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), image.where(), refusal);
        }
    }

    private static SegmentationException unknown() {
        return new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, "case");
    }
}
