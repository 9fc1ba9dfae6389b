package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.PACKAGED;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.worker.result.dicom.SourceBuilder;
import org.lesionstream.worker.testing.CtSeries;
import org.lesionstream.worker.testing.PackagedSystem;
import org.lesionstream.worker.testing.StubServer;

/** From closed cases to an archive, whatever that does meanwhile. */
class SinkIT {
    private static final int STORED = 200;

    @TempDir
    private Path folder;

    private final Semaphore open = new Semaphore(0);
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private volatile int status = STORED;
    private volatile String said = "{}";
    private StubServer archive;
    private PackagedSystem system;

    @BeforeEach
    void start() throws IOException {
        archive = new StubServer(this::store);
        system = PackagedSystem.start(
                folder, Map.of("LESIONSTREAM_SINK_LOCATION", "dicomweb+" + archive.origin() + "/dicom-web"));
        CtSeries.write(folder.resolve("images/series"));
    }

    @AfterEach
    void stop() throws IOException {
        open.release(1000);
        if (system != null) {
            system.close();
        }
        archive.close();
    }

    /** Waits at its gate, and keeps the objects that it says it stored by what is in them. */
    private void store(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            open.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (status == STORED && said.equals("{}")) {
            stored.add(new String(body, ISO_8859_1));
        }
        StubServer.send(exchange, status, "application/dicom+json", said.getBytes(UTF_8));
    }

    private void submit(String id) throws Exception {
        system.submit(
                id, CtSeries.job(id, folder.resolve("images/series").toUri().toString()));
    }

    private void awaitCases(String result, int cases) {
        system.worker().awaitMetric("lesionstream_sink_cases_total{result=\"" + result + "\"}", cases, SOON);
    }

    @Test
    void keepsNobodyWaitingButItself() throws Exception {
        submit("a");
        system.answers().await("a/lesion@production#1", SOON);
        submit("b");
        system.answers().await("b/lesion@production#1", SOON); // while the archive has not answered the first request
        assertThat(stored).isEmpty();

        open.release(2);
        awaitCases("written", 2);
        assertThat(stored).hasSize(2).allSatisfy(body -> {
            assertThat(body).contains(SourceBuilder.MARK).contains("Segmentation");
            assertThat(body.split("Content-Type: application/dicom\r\n", -1)).hasSize(3);
        });
        assertThat(Files.readString(folder.resolve("worker-0.log"))).doesNotContain(SourceBuilder.MARK);
    }

    @Test
    void bringsTheSameObjectsUntilTheyAreTaken() throws Exception {
        open.release(1000);
        status = 503;
        submit("a");
        awaitCases("again", 1);
        system.worker().close(); // and another worker goes on
        status = STORED;
        system.startWorker();

        awaitCases("written", 1);
        Path again = folder.resolve("again");
        system.run(PACKAGED, folder.resolve("results.log"), "results", "--case", "a", "--out", again.toString());
        String written = stored.iterator().next();
        assertThat(again.toFile().list()).hasSize(2).allSatisfy(name -> {
            assertThat(written).contains(name.replace(".dcm", ""));
            assertThat(written).contains(new String(Files.readAllBytes(again.resolve(name)), ISO_8859_1));
        });
    }

    @Test
    void setsAsideWhatIsRefusedUntilItIsAskedForAgain() throws Exception {
        open.release(1000);
        said = "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[272]}}]}}";
        submit("a");
        submit("photo", system.picture("photo.png", 2));
        awaitCases("failed", 1);
        awaitCases("nothing", 1);

        assertThat(sink())
                .contains("a  lesion@production  revision 1  RESULT_SINK_REFUSED after 1 attempts (set aside)")
                .contains("sink: due=0 oldest-seconds=0 failed=1 retried=0");
        said = "{}";
        assertThat(sink("--retry")).contains("failed=0 retried=1");
        awaitCases("written", 1);
        assertThat(sink()).endsWith("sink: due=0 oldest-seconds=0 failed=0 retried=0");
    }

    private void submit(String id, Path picture) throws Exception {
        system.submit(id, PackagedSystem.job(id, id, 1, 1, picture));
    }

    private String sink(String... options) throws IOException {
        Path log = folder.resolve("sink.log");
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of("sink"));
        command.addAll(List.of(options));
        system.run(PACKAGED, log, command.toArray(String[]::new));
        return Files.readString(log).strip();
    }
}
