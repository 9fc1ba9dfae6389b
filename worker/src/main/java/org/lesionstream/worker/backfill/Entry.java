package org.lesionstream.worker.backfill;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.IntensityWindow;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * One picture of a source, as the source says it.
 *
 * @param uri where it lies, in canonical form, see {@link Location}
 * @param caseId the case that it belongs to; empty for a case of its own
 * @param image its number in the case, counted from 1
 * @param images how many images the case has
 * @param labels the operator's own words by name
 */
record Entry(
        URI uri,
        Optional<String> caseId,
        int image,
        int images,
        Optional<Digest> sha256,
        Optional<PixelSpacing> pixelSpacing,
        Optional<IntensityWindow> window,
        Optional<SlicePosition> slice,
        Map<String, String> labels) {
    Entry {
        requireNonNull(uri, "uri");
        requireNonNull(sha256, "sha256");
        requireNonNull(pixelSpacing, "pixelSpacing");
        requireNonNull(window, "window");
        requireNonNull(slice, "slice");
        labels = Map.copyOf(labels);
        if (caseId.isEmpty() && (image != 1 || images != 1)) {
            throw new IllegalArgumentException("image and images need a caseId");
        }
    }

    /** A picture of which nothing else is known. */
    static Entry at(URI uri) {
        return new Entry(
                uri,
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
