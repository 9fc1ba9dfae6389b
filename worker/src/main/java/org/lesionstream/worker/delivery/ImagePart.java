package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * One image of a source that holds many.
 *
 * @param uri where the image lies; empty where that is the source of the job itself
 * @param frame which picture of the source it is, counted from 1; empty where the source holds no other
 * @param slice its place in the stack, where the source tells
 */
public record ImagePart(Optional<URI> uri, OptionalInt frame, Optional<SlicePosition> slice) {
    public ImagePart {
        requireNonNull(slice, "slice");
        if (uri.isEmpty() && frame.isEmpty()) {
            throw new IllegalArgumentException("a part needs a uri or a frame");
        }
    }

    /**
     * The job for this image.
     *
     * @param parent the job whose source holds it, image 1 of a case of 1
     * @param image number of the image, counted from 1
     * @param images how many the source holds
     */
    public ImageJob child(ImageJob parent, int image, int images) {
        return new ImageJob(
                JobExpansion.childId(parent.jobId(), image),
                new CaseImage(parent.imagingCase().id(), image, images),
                source(parent.image()),
                parent.checkpoint(),
                parent.pixelSpacing(),
                parent.window(),
                slice,
                parent.deadline(),
                parent.labels());
    }

    /**
     * Where this image alone comes from.
     *
     * @param whole the source that holds it; its checksum is that of a file, so it does not hold for a part in a file of its own
     */
    public ImageSource source(ImageSource whole) {
        if (uri.isPresent()) {
            return new ImageSource(uri, Optional.empty(), List.of(), whole.mediaType(), Optional.empty(), frame);
        }
        return new ImageSource(
                whole.uri(),
                whole.inline(),
                whole.channels().stream().map(this::source).toList(),
                whole.mediaType(),
                whole.sha256(),
                whole.channels().isEmpty() ? frame : OptionalInt.empty());
    }
}
