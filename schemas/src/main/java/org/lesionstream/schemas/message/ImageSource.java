package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * Where a picture comes from: a location, bytes in the message, or several sources that become the channels of one picture.
 *
 * @param uri absolute location; which schemes and folders are served is a setting of the worker
 * @param inline the encoded picture itself
 * @param channels one source per channel, for modalities in files of their own; each has a location or bytes, not channels again
 * @param mediaType what the bytes are said to be, such as {@code image/png}; the worker believes the bytes more than the word
 * @param sha256 digest that the fetched bytes must have
 * @param frame which picture of a source with many, counted from 1
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageSource(
        Optional<URI> uri,
        Optional<InlineBytes> inline,
        List<ImageSource> channels,
        Optional<String> mediaType,
        Optional<Digest> sha256,
        OptionalInt frame) {

    /** Most channels of one picture. */
    public static final int MAX_CHANNELS = 16;

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}");

    public ImageSource {
        channels = List.copyOf(channels);
        long given = Stream.of(uri.isPresent(), inline.isPresent(), !channels.isEmpty())
                .filter(present -> present)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException("exactly one of uri, inline and channels must be given, were " + given);
        }
        if (uri.isPresent() && !uri.get().isAbsolute()) {
            throw new IllegalArgumentException("uri must be absolute, had no scheme");
        }
        if (channels.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "channels must be at most " + MAX_CHANNELS + ", were " + channels.size());
        }
        if (channels.stream().anyMatch(channel -> !channel.channels().isEmpty())) {
            throw new IllegalArgumentException("a channel must not have channels itself");
        }
        if (!channels.isEmpty() && sha256.isPresent()) {
            throw new IllegalArgumentException("sha256 must stand with each channel, stood beside channels");
        }
        if (mediaType.isPresent() && !MEDIA_TYPE.matcher(mediaType.get()).matches()) {
            throw new IllegalArgumentException("mediaType must match " + MEDIA_TYPE);
        }
        if (frame.isPresent() && frame.getAsInt() < 1) {
            throw new IllegalArgumentException("frame must be at least 1, was " + frame.getAsInt());
        }
    }

    /** A picture at a location, with nothing else known. */
    public static ImageSource at(URI uri) {
        return new ImageSource(
                Optional.of(uri), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** A picture in the message; the array is owned by the source from here on. */
    public static ImageSource inline(byte[] bytes) {
        return new ImageSource(
                Optional.empty(),
                Optional.of(new InlineBytes(bytes)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /**
     * The same source without bytes: what was inline is named by its digest, as {@code sha256} and as location {@code
     * ni:///sha-256;…} (RFC 6920), which no worker fetches.
     */
    public ImageSource withoutPixels() {
        if (inline.isPresent()) {
            Digest content = Digest.of(inline.get().bytes());
            String name = Base64.getUrlEncoder().withoutPadding().encodeToString(content.bytes());
            return new ImageSource(
                    Optional.of(URI.create("ni:///sha-256;" + name)),
                    Optional.empty(),
                    List.of(),
                    mediaType,
                    Optional.of(content),
                    frame);
        }
        return new ImageSource(
                uri, inline, channels.stream().map(ImageSource::withoutPixels).toList(), mediaType, sha256, frame);
    }
}
