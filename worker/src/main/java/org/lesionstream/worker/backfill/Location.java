package org.lesionstream.worker.backfill;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a picture lies, in one spelling, because ids are made of it: absolute, without {@code .} and {@code ..}, the scheme in lower
 * case, {@code file:} with three slashes and escaped where Java escapes.
 *
 * <p>Messages of refusals never repeat the text.
 */
final class Location {
    /** Two letters at least, so that a drive is none. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private Location() {}

    /**
     * Reads a location as it stands in a manifest: a URI, or a path which is relative to a folder.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static URI of(String text, Path folder) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("uri is empty");
        }
        return SCHEME.matcher(text).matches() ? uri(text) : path(text, folder).toUri();
    }

    /** The location of a file. */
    static URI of(Path file) {
        return file.toAbsolutePath().normalize().toUri();
    }

    private static Path path(String text, Path folder) {
        try {
            return folder.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw refusal("uri is neither a URI nor a path of this system", e);
        }
    }

    private static URI uri(String text) {
        URI uri = parsed(text);
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException("uri must not hold a user or a password: jobs are stored and published");
        }
        if (!uri.getScheme().equalsIgnoreCase("file")) {
            String scheme = uri.getScheme();
            return URI.create(
                    scheme.toLowerCase(Locale.ROOT) + uri.toASCIIString().substring(scheme.length()));
        }
        try {
            return of(Path.of(uri));
        } catch (IllegalArgumentException e) {
            throw refusal("uri is a file: location that names a host, has a query or is no absolute path", e);
        }
    }

    private static URI parsed(String text) {
        try {
            URI uri = new URI(text).normalize();
            return URI.create(uri.toASCIIString());
        } catch (URISyntaxException e) {
            throw refusal("uri is not a URI: blanks and other special letters must be escaped, such as %20", e);
        }
    }

    /** Without its cause, whose text quotes the location; where it was thrown is kept. */
    private static IllegalArgumentException refusal(String why, Exception cause) {
        IllegalArgumentException refusal = new IllegalArgumentException(why);
        refusal.setStackTrace(cause.getStackTrace());
        return refusal;
    }
}
