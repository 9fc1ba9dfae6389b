package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of the allowed buckets. Connects at the first use, so that a worker without S3 looks for no credentials. Safe for use by several
 * threads.
 */
public final class S3Objects implements AutoCloseable {

    private final S3Settings settings;
    private final long maxBytes;
    private Optional<S3Client> client = Optional.empty();

    /** @param maxBytes of one object */
    public S3Objects(S3Settings settings, long maxBytes) {
        this.settings = settings;
        this.maxBytes = maxBytes;
    }

    /**
     * An object, or the beginning of the names of several.
     *
     * @param key of an object, or a prefix; empty for the whole bucket
     */
    public record Address(String bucket, String key) {

        /** The address that {@code s3://bucket/key} names; empty for anything else. */
        public static Optional<Address> of(URI location) {
            boolean plain = "s3".equalsIgnoreCase(location.getScheme())
                    && location.getRawAuthority() != null
                    && location.getRawQuery() == null
                    && location.getRawFragment() == null
                    && location.getPath() != null;
            return plain
                    ? Optional.of(new Address(
                            location.getRawAuthority(), location.getPath().replaceFirst("^/", "")))
                    : Optional.empty();
        }

        /** The location of an object of the same bucket. */
        public URI at(String other) {
            try {
                return new URI("s3", bucket, "/" + other, null);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("no location can name an object of that key", e);
            }
        }
    }

    /** @throws SegmentationException as {@link SourceReader} says */
    byte[] read(Address address, String where) {
        check(address, where);
        try {
            return client().getObject(
                            request -> request.bucket(address.bucket()).key(address.key()),
                            (response, stream) -> ByteLimit.read(stream, maxBytes, where));
        } catch (SdkException e) {
            throw failure(e, where);
        }
    }

    /**
     * Keys that begin with the address' key, in the order of their bytes, a page at a time.
     *
     * @throws SegmentationException as {@link SourceReader} says, also while the iterator goes on
     */
    public Iterator<String> keys(Address address, String where) {
        check(address, where);
        Iterator<S3Object> objects = list(address, where);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    return objects.hasNext();
                } catch (SdkException e) {
                    throw failure(e, where);
                }
            }

            @Override
            public String next() {
                return objects.next().key();
            }
        };
    }

    private Iterator<S3Object> list(Address address, String where) {
        try {
            return client().listObjectsV2Paginator(
                            request -> request.bucket(address.bucket()).prefix(address.key()))
                    .contents()
                    .iterator();
        } catch (SdkException e) {
            throw failure(e, where);
        }
    }

    /**
     * Writes an object, in the place of one of the same key.
     *
     * @throws SegmentationException as {@link SourceReader} says
     */
    public void write(Address address, byte[] content, String mediaType, String where) {
        check(address, where);
        try {
            client().putObject(
                            request -> request.bucket(address.bucket())
                                    .key(address.key())
                                    .contentType(mediaType),
                            RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw failure(e, where);
        }
    }

    @Override
    public synchronized void close() {
        client.ifPresent(S3Client::close);
        client = Optional.empty();
    }

    private void check(Address address, String where) {
        if (!settings.buckets().contains(address.bucket())) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where);
        }
    }

    private static SegmentationException failure(SdkException failure, String where) {
        FailureCode code = failure instanceof AwsServiceException refusal
                ? SourceFailure.ofStatus(refusal.statusCode())
                : FailureCode.SOURCE_UNREADABLE;
        return SourceFailure.of(failure, code, where);
    }

    private synchronized S3Client client() {
        if (client.isEmpty()) {
            client = Optional.of(connect());
        }
        return client.get();
    }

    private S3Client connect() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.timeout())
                        .socketTimeout(settings.timeout())
                        .build())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.endpoint().isPresent())
                // older stores refuse requests with the SDK's own checksums, and bodies that are signed in pieces
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(settings.timeout()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        settings.keys()
                .ifPresent(keys -> builder.credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.access(), keys.secret()))));
        return builder.build();
    }
}
