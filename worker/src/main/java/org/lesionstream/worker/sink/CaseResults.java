package org.lesionstream.worker.sink;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.nifti.NiftiHeader;
import org.lesionstream.schemas.nifti.NiftiShape;
import org.lesionstream.schemas.nifti.NiftiWriter;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CheckpointQueries;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.persist.StoredImage;
import org.lesionstream.worker.persist.StoredMask;
import org.lesionstream.worker.result.dicom.DicomObject;
import org.lesionstream.worker.result.dicom.DicomResult;
import org.lesionstream.worker.result.dicom.DicomResults;

/**
 * Makes the results of a closed case, in the format of its first picture; the same case, the same files. The pictures are read again from where they
 * lie, since nothing that leads to a patient is kept elsewhere. A picture that came inside its job is kept nowhere; then the masks are PNG.
 */
public final class CaseResults {
    private static final Logger LOG = Logger.getLogger(CaseResults.class);

    private final SourceQueries sources;
    private final CheckpointQueries checkpoints;
    private final ImageFetcher fetcher;
    private final DecodeLimits limits;

    /** @param limits of one picture */
    public CaseResults(
            SourceQueries sources, CheckpointQueries checkpoints, ImageFetcher fetcher, DecodeLimits limits) {
        this.sources = sources;
        this.checkpoints = checkpoints;
        this.fetcher = fetcher;
        this.limits = limits;
    }

    /**
     * The results of a case.
     *
     * @param folder a name for the case under its checkpoint, without characters that are special somewhere
     * @param images how many were segmented
     * @param files none if no image was
     */
    public record Made(String folder, int images, List<ResultFile> files) {}

    /**
     * Makes them.
     *
     * @throws SegmentationException with the image at fault: a mask was dropped, or a picture is not there any more, is another one now, or does
     *     not fit the others
     */
    public Made make(CaseDetails found) {
        Digest digest = found.overview().checkpointDigest().map(Digest::new).orElseThrow(CaseResults::unknown);
        CheckpointManifest manifest = checkpoints.manifest(digest).orElseThrow(CaseResults::unknown);
        List<StoredImage> images =
                sources.ofCase(found.overview().caseId(), found.overview().reference());
        String name = plain(found.overview().caseId());
        return new Made(
                name + "/" + manifest.name() + "@" + manifest.version(),
                images.size(),
                images.isEmpty() ? List.of() : files(found, manifest, images, name));
    }

    private List<ResultFile> files(
            CaseDetails found, CheckpointManifest manifest, List<StoredImage> images, String name) {
        if (images.stream().allMatch(image -> image.picture().location().isEmpty())) {
            return pictures(images, name);
        }
        SourceFile first = SourceFile.of(images.get(0), fetcher);
        if (DicomPicture.recognises(first.content())) {
            return dicom(found, manifest, images, first);
        }
        if (NiftiHeader.recognises(first.content())) {
            return List.of(new ResultFile(name + ".nii.gz", ResultFile.NIFTI, labels(first, images)));
        }
        return pictures(images, name);
    }

    /** A colon parts drives and streams elsewhere; a percent sign is in no id, so no two ids become one name. */
    private static String plain(String caseId) {
        return caseId.replace(":", "%3A");
    }

    private static List<ResultFile> pictures(List<StoredImage> images, String name) {
        return images.stream()
                .map(image -> new ResultFile(
                        name + "-" + image.image() + ".png",
                        ResultFile.PNG,
                        mask(image).png()))
                .toList();
    }

    private List<ResultFile> dicom(
            CaseDetails found, CheckpointManifest manifest, List<StoredImage> images, SourceFile first) {
        DicomResult result = DicomResults.of(
                new DicomCase(fetcher, limits).segmentation(found, manifest, images, first),
                LocalDateTime.ofInstant(found.overview().closedAt().orElseThrow(), ZoneId.systemDefault()));
        if (result.burnedInAnnotation()) {
            LOG.warn("A picture says that text is part of its pixels; whoever shows masks over it shows that, too");
        }
        return Stream.concat(result.segmentation().stream(), Stream.of(result.report()))
                .map(CaseResults::file)
                .toList();
    }

    private static ResultFile file(DicomObject object) {
        return new ResultFile(object.sopInstanceUid() + ".dcm", ResultFile.DICOM, object.file());
    }

    /** The label volume of slices that all come from one file; slices without a mask are background. */
    private byte[] labels(SourceFile source, List<StoredImage> images) {
        NiftiHeader header = header(source);
        NiftiShape shape = header.shape();
        LabelMask empty = new LabelMask(shape.rows(), shape.columns(), new byte[shape.rows() * shape.columns()]);
        List<LabelMask> masks = new ArrayList<>(Collections.nCopies(shape.frames(), empty));
        for (StoredImage image : images) {
            if (!image.picture().location().equals(Optional.of(source.location()))) {
                throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, image.where());
            }
            masks.set(
                    image.picture().frame().orElse(1) - 1,
                    MaskPng.decode(mask(image).png()));
        }
        return NiftiWriter.gzip(NiftiWriter.labels(header, masks));
    }

    private NiftiHeader header(SourceFile source) {
        try {
            return NiftiHeader.read(source.content(), limits);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), source.where(), refusal);
        }
    }

    static StoredMask mask(StoredImage image) {
        return image.mask()
                .orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_FOUND, "mask of " + image.where()));
    }

    private static SegmentationException unknown() {
        return new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, "case");
    }
}
