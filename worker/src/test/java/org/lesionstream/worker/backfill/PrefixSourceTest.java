package org.lesionstream.worker.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.decode.source.S3Settings;
import org.lesionstream.worker.testing.StubServer;

class PrefixSourceTest {
    private static final S3Objects.Address PREFIX =
            S3Objects.Address.of(URI.create("s3://old/2019/")).orElseThrow();

    private final JobMaker jobs = new JobMaker(CheckpointReference.parse("lesion@1"), new MessageCodec());

    @Test
    void sendsEveryPictureBelowThePrefixPageByPage() throws IOException {
        try (StubServer server = new StubServer(PrefixSourceTest::pages);
                PrefixSource source = PrefixSource.open(objects(server, "old"), PREFIX, jobs)) {
            assertThat(locations(source))
                    .containsExactly(
                            "s3://old/2019/a%20b.dcm", "s3://old/2019/deep/c.nii.gz", "s3://old/2019/deep/%C3%A4.PNG");
            assertThat(PrefixSource.count(objects(server, "old"), PREFIX)).isEqualTo(3);
        }
    }

    @Test
    void saysWhenTheBucketDoesNotAnswer() throws IOException {
        try (StubServer server =
                new StubServer(exchange -> StubServer.send(exchange, 403, "application/xml", new byte[0]))) {
            assertThatThrownBy(() -> PrefixSource.open(objects(server, "old"), PREFIX, jobs))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the bucket cannot be listed: SOURCE_NOT_ALLOWED");
        }
    }

    private static void pages(HttpExchange exchange) throws IOException {
        boolean second = exchange.getRequestURI().getQuery().contains("continuation-token=more");
        String list = second
                ? "<IsTruncated>false</IsTruncated>" + keys("2019/deep/c.nii.gz", "2019/deep/\u00e4.PNG")
                : "<IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>"
                        + keys("2019/", "2019/README", "2019/.hidden.png", "2019/a b.dcm");
        byte[] body = ("<ListBucketResult>" + list + "</ListBucketResult>").getBytes(UTF_8);
        StubServer.send(exchange, 200, "application/xml", body);
    }

    private static String keys(String... keys) {
        StringBuilder list = new StringBuilder();
        for (String key : keys) {
            list.append("<Contents><Key>").append(key).append("</Key></Contents>");
        }
        return list.toString();
    }

    private static List<String> locations(PrefixSource source) {
        List<String> locations = new ArrayList<>();
        for (Optional<SourceLine> line = source.next(); line.isPresent(); line = source.next()) {
            SourceLine.Picture picture = (SourceLine.Picture) line.get();
            locations.add(picture.job().image().uri().orElseThrow().toString());
        }
        return locations;
    }

    private static S3Objects objects(StubServer server, String bucket) {
        return new S3Objects(
                new S3Settings(
                        List.of(bucket),
                        Optional.of(server.origin()),
                        "us-east-1",
                        Optional.of(new S3Settings.Keys("known", "secret")),
                        Duration.ofSeconds(30)),
                1);
    }
}
