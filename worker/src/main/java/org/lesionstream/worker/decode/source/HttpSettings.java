package org.lesionstream.worker.decode.source;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which web servers may be asked, and how.
 *
 * @param origins scheme, host and port of each, such as {@code https://pacs.example.org}; none: no server may
 * @param authorization value of the header of that name, sent to all of them; a secret
 * @param timeout of one request, from its begin to the last byte of its answer
 */
public record HttpSettings(List<URI> origins, Optional<String> authorization, Duration timeout) {
    public HttpSettings {
        requireNonNull(authorization, "authorization");
        origins = List.copyOf(origins);
        for (URI origin : origins) {
            boolean web = "http".equals(origin.getScheme()) || "https".equals(origin.getScheme());
            boolean bare = origin.getRawPath() == null || origin.getRawPath().isEmpty();
            if (!web || origin.getHost() == null || !bare || origin.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "origin must be http(s)://host or http(s)://host:port, was " + origin.getScheme() + "://…");
            }
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
    }

    /** No server. */
    public static HttpSettings none() {
        return new HttpSettings(List.of(), Optional.empty(), Duration.ofSeconds(30));
    }

    /** Whether a location lies on one of the servers. */
    boolean allows(URI location) {
        return location.getHost() != null
                && location.getRawUserInfo() == null
                && origins.stream().anyMatch(origin -> sameOrigin(origin, location));
    }

    private static boolean sameOrigin(URI origin, URI location) {
        return origin.getScheme().equalsIgnoreCase(location.getScheme())
                && origin.getHost().equalsIgnoreCase(location.getHost())
                && port(origin) == port(location);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "HttpSettings[origins=" + origins + ", timeout=" + timeout + "]";
    }
}
