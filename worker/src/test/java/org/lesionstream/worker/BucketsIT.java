package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.PACKAGED;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBuckets;
import org.lesionstream.worker.testing.CtSeries;
import org.lesionstream.worker.testing.PackagedSystem;

/** A series from a bucket of a real server for S3, and its results into another one. */
@EnabledIf(
        value = "isInstalled",
        disabledReason = "no server for S3 here: mvn -Ppeers -pl deploy/peers package was not run")
class BucketsIT {
    private static final Path HOME = Path.of("..");

    @TempDir
    private Path folder;

    private LocalBuckets buckets;
    private PackagedSystem system;

    static boolean isInstalled() {
        return LocalBuckets.isInstalled(HOME);
    }

    @BeforeEach
    void start() throws IOException {
        buckets = LocalBuckets.start(HOME, folder.resolve("s3"), List.of("images", "results"));
        CtSeries.write(buckets.bucket("images").resolve("ward 7/series"));
        Map<String, String> settings = new HashMap<>();
        settings.put("LESIONSTREAM_DECODE_S3_BUCKETS", "images");
        settings.put("LESIONSTREAM_SINK_LOCATION", "s3://results/of/today");
        for (String store : List.of("LESIONSTREAM_DECODE_S3", "LESIONSTREAM_SINK_S3")) {
            settings.put(store + "_ENDPOINT", buckets.endpoint().toString());
            settings.put(store + "_ACCESS_KEY", LocalBuckets.accessKey());
            settings.put(store + "_SECRET_KEY", LocalBuckets.secretKey());
        }
        system = PackagedSystem.start(folder, settings);
    }

    @AfterEach
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
        buckets.close();
    }

    @Test
    void readsASeriesByItsPrefixAndWritesItsResults() throws Exception {
        system.submit("ct", CtSeries.job("ct", "s3://images/ward%207/series/"));
        system.worker().awaitMetric("lesionstream_sink_cases_total{result=\"written\"}", 1, SOON);

        Path again = folder.resolve("again");
        system.run(PACKAGED, folder.resolve("results.log"), "results", "--case", "ct", "--out", again.toString());
        Path written = buckets.bucket("results").resolve("of/today/ct/lesion@1");
        try (Stream<Path> files = Files.list(again)) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> assertThat(written.resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file));
        }
    }

    @Test
    void sendsABackfillFromAPrefix() throws Exception {
        Path picture = system.picture("old.png", 2);
        Files.createDirectories(buckets.bucket("images").resolve("old"));
        Files.copy(picture, buckets.bucket("images").resolve("old/1.png"));
        Files.copy(picture, buckets.bucket("images").resolve("old/2.png"));

        system.run(
                PACKAGED,
                folder.resolve("backfill.log"),
                "backfill",
                "run",
                "old",
                "--checkpoint",
                "lesion@1",
                "--s3",
                "s3://images/old/");

        assertThat(Files.readString(folder.resolve("backfill.log"))).contains("segmented=2");
    }
}
