package org.lesionstream.worker.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.backfill.EntrySource;
import org.lesionstream.worker.backfill.FolderSource;
import org.lesionstream.worker.backfill.JobMaker;
import org.lesionstream.worker.backfill.ManifestSource;
import org.lesionstream.worker.backfill.PrefixSource;
import org.lesionstream.worker.decode.source.S3Objects;
import picocli.CommandLine.Option;

/** What a backfill reads: one of the three. */
final class BackfillSourceOptions {
    private static final int SHOWN_DIGITS = 16;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            required = true,
            description =
                    "All pictures below this folder (png, jpg, jpeg, tif, tiff, bmp, dcm, nii, nii.gz), each a case of its own.")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            required = true,
            description = "The entries of this file: a CSV table with a header (.csv), or one JSON object per line "
                    + "(.jsonl). Fields: uri (or a path, relative to the file), caseId, image, images, sha256, "
                    + "pixelSpacing.row, pixelSpacing.column, slice.position, slice.spacing (millimetres), and "
                    + "label.NAME; all but uri may be absent.")
    private Optional<Path> manifest = Optional.empty();

    @Option(
            names = "--s3",
            paramLabel = "s3://BUCKET/PREFIX",
            required = true,
            description =
                    "All pictures of this bucket whose keys begin so, each a case of its own. The store and its keys are "
                            + "those of the worker: LESIONSTREAM_DECODE_S3_ENDPOINT, …_REGION, …_ACCESS_KEY and …_SECRET_KEY.")
    private Optional<URI> s3 = Optional.empty();

    EntrySource open(JobMaker jobs) throws IOException {
        if (s3.isPresent()) {
            return PrefixSource.open(S3Place.objects(prefix()), prefix(), jobs);
        }
        return images.isPresent() ? FolderSource.open(images.get(), jobs) : ManifestSource.open(file(), jobs);
    }

    /** How many entries there are; reads all of the source once. */
    long count() throws IOException {
        if (s3.isPresent()) {
            try (S3Objects objects = S3Place.objects(prefix())) {
                return PrefixSource.count(objects, prefix());
            }
        }
        return images.isPresent() ? FolderSource.count(images.get()) : ManifestSource.count(file());
    }

    /** Kind and digest of the place; the place itself may hold a name. */
    String description() throws IOException {
        if (s3.isPresent()) {
            return "s3:" + digits(prefix().bucket() + "/" + prefix().key());
        }
        Path place = images.orElseGet(this::file).toRealPath();
        return (images.isPresent() ? "images" : ManifestSource.kind(file())) + ":" + digits(place.toString());
    }

    private static String digits(String place) {
        return Digest.of(place.getBytes(UTF_8)).hex().substring(0, SHOWN_DIGITS);
    }

    private S3Objects.Address prefix() {
        return S3Objects.Address.of(s3.orElseThrow())
                .orElseThrow(() -> new IllegalArgumentException("--s3 must be s3://BUCKET/PREFIX"));
    }

    private Path file() {
        return manifest.orElseThrow(); // the command line holds that one of the three is there
    }
}
