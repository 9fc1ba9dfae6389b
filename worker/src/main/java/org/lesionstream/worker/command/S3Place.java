package org.lesionstream.worker.command;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.decode.source.S3Settings;

/** Reaches an S3 bucket as a worker with this environment would. */
final class S3Place {
    private static final String ENVIRONMENT = "LESIONSTREAM_DECODE_S3_";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private S3Place() {}

    /** To list the bucket that is named, and no other; reads no object. */
    static S3Objects objects(S3Objects.Address place) {
        Optional<S3Settings.Keys> keys = value("ACCESS_KEY")
                .flatMap(access -> value("SECRET_KEY").map(secret -> new S3Settings.Keys(access, secret)));
        return new S3Objects(
                new S3Settings(
                        List.of(place.bucket()),
                        value("ENDPOINT").map(URI::create),
                        value("REGION").orElse("us-east-1"),
                        keys,
                        TIMEOUT),
                1);
    }

    private static Optional<String> value(String name) {
        return Optional.ofNullable(System.getenv(ENVIRONMENT + name)).filter(text -> !text.isBlank());
    }
}
