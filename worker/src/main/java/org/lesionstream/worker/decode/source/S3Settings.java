package org.lesionstream.worker.decode.source;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which buckets may be read, and where they are.
 *
 * @param buckets names; none: no object may be read
 * @param endpoint of a store that is not Amazon's; buckets stand in its paths, not in front of its name
 * @param region of the buckets; stores that are not Amazon's mostly take any
 * @param keys who asks; empty for what the environment offers in the order of Amazon's SDK, such as a role
 * @param timeout of one request with all its attempts
 */
public record S3Settings(
        List<String> buckets, Optional<URI> endpoint, String region, Optional<Keys> keys, Duration timeout) {
    public S3Settings {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(region, "region");
        requireNonNull(keys, "keys");
        buckets = List.copyOf(buckets);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
    }

    /** A pair of keys. Says nothing of the secret one. */
    public record Keys(String access, String secret) {
        public Keys {
            requireNonNull(access, "access");
            requireNonNull(secret, "secret");
        }

        @Override
        public String toString() {
            return "Keys[access=" + access + "]";
        }
    }
}
