package org.lesionstream.worker.pipeline;

import java.util.List;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.decode.source.DicomWebSource;
import org.lesionstream.worker.decode.source.FileSource;
import org.lesionstream.worker.decode.source.HttpSettings;
import org.lesionstream.worker.decode.source.HttpSource;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.decode.source.S3Settings;
import org.lesionstream.worker.decode.source.S3Source;

/** Puts together who reads pictures from where, by the settings. */
public final class SourceWiring {

    private SourceWiring() {}

    /** What one source may ask of a decoder. */
    public static DecodeLimits limits(WorkerConfig.Decode decode) {
        return new DecodeLimits(
                decode.maxBytes(), decode.maxPixels(), DecodeLimits.DEFAULT.maxScans(), decode.timeLimit());
    }

    /** Who reads which locations. */
    public static ImageFetcher fetcher(WorkerConfig.Decode decode) {
        DecodeLimits limits = limits(decode);
        HttpSettings http = new HttpSettings(
                decode.httpOrigins().orElse(List.of()), decode.httpAuthorization(), decode.httpTimeout());
        return new ImageFetcher(
                List.of(
                        new FileSource(decode.fileRoots().orElse(List.of()), limits),
                        new HttpSource(http, limits),
                        new DicomWebSource(http, limits),
                        new S3Source(
                                new S3Objects(
                                        s3(decode.s3(), decode.s3().buckets().orElse(List.of())), limits.maxBytes()),
                                limits)),
                decode.maxBytes());
    }

    /** @param buckets that may be used */
    static S3Settings s3(WorkerConfig.S3Store s3, List<String> buckets) {
        return new S3Settings(
                buckets,
                s3.endpoint(),
                s3.region(),
                s3.accessKey().flatMap(access -> s3.secretKey().map(secret -> new S3Settings.Keys(access, secret))),
                s3.timeout());
    }
}
