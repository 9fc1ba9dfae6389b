package org.lesionstream.worker.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.StoredImage;
import org.lesionstream.worker.result.dicom.CaseSegmentation;
import org.lesionstream.worker.result.dicom.ReportedClass;
import org.lesionstream.worker.result.dicom.SegmentedImage;
import org.lesionstream.worker.result.dicom.SourceInstance;

/**
 * Puts together what a DICOM result of a case is made of: masks and lesions from the tables, the headers of the pictures from where these lie. Patient
 * and study are read there and nowhere else. Confined to one thread.
 */
final class DicomCase {
    private final ImageFetcher fetcher;
    private final DecodeLimits limits;
    private final Map<URI, SourceInstance> read = new HashMap<>();

    DicomCase(ImageFetcher fetcher, DecodeLimits limits) {
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
    CaseSegmentation segmentation(
            CaseDetails found, CheckpointManifest manifest, List<StoredImage> stored, SourceFile first) {
        boolean volume = found.result()
                .map(json -> new MessageCodec().readCaseResult(json.getBytes(UTF_8)))
                .flatMap(CaseResult::volume)
                .isPresent();
        read.put(first.location(), instance(first));
        List<SegmentedImage> images = new ArrayList<>();
        stored.forEach(image -> images.add(segmented(image, volume)));
        Optional<List<VolumeLesion>> lesions = volume ? Optional.of(found.volumeLesions()) : Optional.empty();
        try {
            return new CaseSegmentation(
                    found.overview().caseId(),
                    manifest.identity(),
                    manifest.classes().stream().map(ReportedClass::of).toList(),
                    images,
                    lesions);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), "case", refusal);
        }
    }

    private SegmentedImage segmented(StoredImage image, boolean volume) {
        return new SegmentedImage(
                image.image(),
                instance(image),
                image.picture().frame().orElse(1) - 1,
                MaskPng.decode(CaseResults.mask(image).png()),
                volume ? List.of() : image.lesions());
    }

    private SourceInstance instance(StoredImage image) {
        Optional<SourceInstance> known = image.picture().location().map(read::get);
        if (known.isPresent()) {
            return known.get();
        }
        SourceFile file = SourceFile.of(image, fetcher);
        SourceInstance instance = instance(file);
        read.put(file.location(), instance);
        return instance;
    }

    private SourceInstance instance(SourceFile file) {
        try {
            return SourceInstance.read(file.content(), limits);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), file.where(), refusal);
        }
    }
}
