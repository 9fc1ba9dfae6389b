package org.lesionstream.worker.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionstream.worker.decode.source.HttpDoor;
import org.lesionstream.worker.decode.source.HttpSettings;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.sink.ArchiveSink;
import org.lesionstream.worker.sink.BucketSink;
import org.lesionstream.worker.sink.FolderSink;
import org.lesionstream.worker.sink.ResultSink;

/** Puts together where the results of closed cases go, by the settings. */
final class SinkWiring {
    private static final String DICOMWEB = "dicomweb+";
    /** Of an archive's answer, which names the stored objects. */
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private SinkWiring() {}

    /** The sink; empty if none is named. */
    static Optional<ResultSink> sink(WorkerConfig.Sink settings) {
        return settings.location().map(location -> sink(location, settings));
    }

    private static ResultSink sink(URI location, WorkerConfig.Sink settings) {
        String scheme = String.valueOf(location.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> new FolderSink(Path.of(location));
            case "s3" -> bucket(location, settings);
            case "dicomweb+http", "dicomweb+https" -> archive(location, settings);
            default ->
                throw new IllegalArgumentException(
                        "lesionstream.sink.location must be file:///folder, s3://bucket/prefix or"
                                + " dicomweb+https://host/service, its scheme was " + scheme);
        };
    }

    private static ResultSink bucket(URI location, WorkerConfig.Sink settings) {
        S3Objects.Address place = S3Objects.Address.of(location)
                .orElseThrow(() -> new IllegalArgumentException(
                        "lesionstream.sink.location must be s3://bucket or s3://bucket/prefix"));
        return new BucketSink(
                new S3Objects(SourceWiring.s3(settings.s3(), List.of(place.bucket())), MOST_ANSWER_BYTES), place);
    }

    private static ResultSink archive(URI location, WorkerConfig.Sink settings) {
        URI service = URI.create(location.toString().substring(DICOMWEB.length()));
        URI origin = URI.create(service.getScheme() + "://" + service.getRawAuthority());
        HttpSettings http = new HttpSettings(List.of(origin), settings.authorization(), settings.timeout());
        return new ArchiveSink(new HttpDoor(http, MOST_ANSWER_BYTES), service);
    }
}
