package org.lesionstream.worker.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.backfill.EntrySource;
import org.lesionstream.worker.backfill.FolderSource;
import org.lesionstream.worker.backfill.JobMaker;
import org.lesionstream.worker.backfill.ManifestSource;
import picocli.CommandLine.Option;

/** What a backfill reads: one of the two. */
final class BackfillSourceOptions {
    private static final int SHOWN_DIGITS = 16;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            required = true,
            description = "All pictures below this folder (png, jpg, jpeg, tif, tiff, bmp), each a case of its own.")
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

    EntrySource open(JobMaker jobs) throws IOException {
        return images.isPresent() ? FolderSource.open(images.get(), jobs) : ManifestSource.open(file(), jobs);
    }

    /** How many entries there are; reads all of the source once. */
    long count() throws IOException {
        return images.isPresent() ? FolderSource.count(images.get()) : ManifestSource.count(file());
    }

    /** Kind and digest of the place; the place itself may hold a name. */
    String description() throws IOException {
        Path place = images.orElseGet(this::file).toRealPath();
        String digest = Digest.of(place.toString().getBytes(UTF_8)).hex().substring(0, SHOWN_DIGITS);
        return (images.isPresent() ? "images" : ManifestSource.kind(file())) + ":" + digest;
    }

    private Path file() {
        return manifest.orElseThrow(); // the command line holds that one of the two is there
    }
}
