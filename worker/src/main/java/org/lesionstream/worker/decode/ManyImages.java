package org.lesionstream.worker.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.ImagePart;

/**
 * The source holds many pictures and the job named none of them; none is decoded.
 *
 * @param parts the pictures: slices along their stack, others in the order that they have in the source
 * @param sha256 of the encoded bytes; of several channels: of their digests, 32 bytes each, one after the other; of images in files of their
 *     own: of their locations, one a line
 */
public record ManyImages(List<ImagePart> parts, Digest sha256) implements SourceContent {

    public ManyImages {
        requireNonNull(sha256, "sha256");
        parts = List.copyOf(parts);
        if (parts.size() < 2) {
            throw new IllegalArgumentException("parts must be at least 2, were " + parts.size());
        }
    }

    /** Images in files of their own. */
    static ManyImages at(List<ImagePart> parts) {
        String locations =
                parts.stream().map(part -> part.uri().orElseThrow() + "\n").collect(Collectors.joining());
        return new ManyImages(parts, Digest.of(locations.getBytes(UTF_8)));
    }

    boolean inFilesOfTheirOwn() {
        return parts.get(0).uri().isPresent();
    }

    /** The frames of one source. */
    static ManyImages of(SourceLayout layout, Digest sha256) {
        List<ImagePart> parts = IntStream.range(0, layout.frames())
                .mapToObj(i -> new ImagePart(
                        Optional.empty(),
                        OptionalInt.of(i + 1),
                        layout.slices().isEmpty()
                                ? Optional.empty()
                                : Optional.of(layout.slices().get(i))))
                .sorted(Comparator.comparingDouble(
                        part -> part.slice().map(SlicePosition::position).orElse(0.0))) // stable
                .toList();
        return new ManyImages(parts, sha256);
    }
}
