package org.lesionstream.worker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
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
import org.lesionstream.worker.result.dicom.DicomObject;
import org.lesionstream.worker.result.dicom.DicomResult;
import org.lesionstream.worker.result.dicom.DicomResults;

/** Writes the results of a case into a folder, in the format of its first picture; the same case, the same files. */
final class ResultFiles {
    private static final Logger LOG = Logger.getLogger(ResultFiles.class);

    private final DataSource tables;
    private final ImageFetcher fetcher;
    private final DecodeLimits limits;
    private final Path folder;

    ResultFiles(DataSource tables, ImageFetcher fetcher, DecodeLimits limits, Path folder) {
        this.tables = tables;
        this.fetcher = fetcher;
        this.limits = limits;
        this.folder = folder;
    }

    /**
     * Writes them.
     *
     * @param images at least one
     * @return the files
     * @throws SegmentationException if a picture is not there any more, or does not fit the others; then nothing is written
     */
    List<Path> write(CaseDetails details, List<StoredImage> images) throws IOException {
        byte[] first = images.get(0).source(fetcher);
        if (DicomPicture.recognises(first)) {
            return dicom(details, images, first);
        }
        String name = details.overview().caseId().replace(':', '_'); // a letter of drives and streams elsewhere
        if (NiftiHeader.recognises(first)) {
            return List.of(write(name + ".nii.gz", labels(first, images)));
        }
        List<Path> files = new ArrayList<>();
        for (StoredImage image : images) {
            files.add(write(name + "-" + image.image() + ".png", image.mask().png()));
        }
        return files;
    }

    private List<Path> dicom(CaseDetails details, List<StoredImage> images, byte[] first) throws IOException {
        DicomResult result = DicomResults.of(
                new DicomCase(tables, fetcher, limits).segmentation(details, images, first),
                LocalDateTime.ofInstant(details.overview().closedAt().orElseThrow(), ZoneId.systemDefault()));
        if (result.burnedInAnnotation()) {
            LOG.warn("A picture says that text is part of its pixels; whoever shows masks over it shows that, too");
        }
        List<Path> files = new ArrayList<>();
        for (Optional<DicomObject> object : List.of(result.segmentation(), Optional.of(result.report()))) {
            if (object.isPresent()) {
                files.add(write(
                        object.get().sopInstanceUid() + ".dcm", object.get().file()));
            }
        }
        return files;
    }

    /** The label volume of slices that all come from one file; slices without a mask are background. */
    private byte[] labels(byte[] source, List<StoredImage> images) {
        NiftiHeader header = header(source, images.get(0));
        NiftiShape shape = header.shape();
        LabelMask empty = new LabelMask(shape.rows(), shape.columns(), new byte[shape.rows() * shape.columns()]);
        List<LabelMask> masks = new ArrayList<>(Collections.nCopies(shape.frames(), empty));
        for (StoredImage image : images) {
            if (!image.location().equals(images.get(0).location())) {
                throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, image.where());
            }
            masks.set(image.frame().orElse(1) - 1, MaskPng.decode(image.mask().png()));
        }
        return NiftiWriter.gzip(NiftiWriter.labels(header, masks));
    }

    private NiftiHeader header(byte[] source, StoredImage image) {
        try {
            return NiftiHeader.read(source, limits);
        } catch (ImageRefusedException refusal) {
            throw new SegmentationException(DecoderCatalog.codeOf(refusal.reason()), image.where(), refusal);
        }
    }

    /** In one step, so that nobody sends half a file. */
    private Path write(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        Path begun = Files.createTempFile(folder, "result", ".tmp");
        try {
            Files.write(begun, content);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(begun);
        }
        return file;
    }
}
