package org.lesionstream.worker.decode.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.decode.DecodedImage;
import org.lesionstream.worker.decode.DecoderCatalog;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.decode.ImagePreparer;
import org.lesionstream.worker.decode.ManyImages;
import org.lesionstream.worker.decode.dicom.DicomFiles;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.testing.StubServer;

class DicomWebSourceTest {
    private static final String WHERE = "/image/uri";
    private static final String SERIES = "/dicom-web/studies/1.2/series/1.2.3";
    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1000, 4);

    private StubServer server;
    private DicomWebSource source;
    private String metadata = "[]";
    private byte[] stored = DicomFiles.slices(2);

    @BeforeEach
    void startArchive() throws IOException {
        server = new StubServer(this::answer);
        source = new DicomWebSource(
                new HttpSettings(List.of(server.origin()), Optional.empty(), Duration.ofSeconds(30)), LIMITS);
    }

    @AfterEach
    void stopArchive() {
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean plain = exchange.getRequestHeaders().getFirst("Accept").endsWith("1.2.840.10008.1.2.1");
        if (path.endsWith("/metadata")) {
            StubServer.send(exchange, 200, "application/dicom+json", metadata.getBytes(UTF_8));
        } else if (path.endsWith("/instances/1.2.3.404")) {
            StubServer.send(exchange, 404, "text/plain", new byte[0]);
        } else if (plain && path.endsWith("/instances/1.2.3.500")) {
            StubServer.send(exchange, 500, "text/plain", new byte[0]);
        } else {
            byte[] body = StubServer.multipart("b0undary", plain ? DicomFiles.slices(3) : stored);
            StubServer.send(exchange, 200, "multipart/related; type=\"application/dicom\"; boundary=b0undary", body);
        }
    }

    @Test
    void takesAnObjectAsItIsStored() {
        assertThat(source.read(at("/instances/1.2.3.4"), WHERE)).isEqualTo(stored);
        assertThat(server.asked())
                .containsExactly(SERIES
                        + "/instances/1.2.3.4 multipart/related; type=\"application/dicom\"; transfer-syntax=* null");
    }

    @Test
    void putsTheImagesOfASeriesInOrder() {
        metadata = "[" + slice("1.2.3.1", 1, "0", 512) + "," + slice("1.2.3.2", 2, "\"-3.0\"", 512) + ","
                + "{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2.3.9\"]}}" + "]";

        assertThat(source.images(at(""), WHERE).orElseThrow())
                .containsExactly(
                        part("/instances/1.2.3.2", Optional.of(new SlicePosition(-3, 3))),
                        part("/instances/1.2.3.1", Optional.of(new SlicePosition(0, 3))));
        assertThat(source.images(at("/"), WHERE)).as("with a slash at its end").isPresent();
        assertThat(source.images(at("/instances/1.2.3.1"), WHERE)).isEmpty();
    }

    @Test
    void findsNoImagesWhereThereAreNone() {
        assertFails(FailureCode.SOURCE_NOT_FOUND, WHERE, () -> source.images(at(""), WHERE));
        assertFails(FailureCode.SOURCE_NOT_FOUND, WHERE, () -> source.read(at("/instances/1.2.3.404"), WHERE));
        assertFails(
                FailureCode.SOURCE_NOT_FOUND,
                WHERE,
                () -> source.images(URI.create("dicomweb+http://127.0.0.1/studies/1.2"), WHERE));
    }

    @Test
    void refusesAListThatIsNone() {
        for (String broken : List.of("{}", "[", "[{\"00080018\":{\"Value\":[\"../up\"]},\"00280010\":{}}]")) {
            metadata = broken;
            assertFails(FailureCode.IMAGE_DAMAGED, WHERE, () -> source.images(at(""), WHERE));
        }
    }

    @Test
    void namesTheFrameOfAnObject() {
        assertThat(source.images(at("/instances/1.2.3.4/frames/7"), WHERE).orElseThrow())
                .containsExactly(
                        new ImagePart(Optional.of(at("/instances/1.2.3.4")), OptionalInt.of(7), Optional.empty()));
    }

    @Test
    void goesOnWithTheImagesOfASeriesOrWithItsOnlyOne() {
        metadata = "[" + slice("1.2.3.1", 1, "0", 512) + "," + slice("1.2.3.2", 2, "3", 512) + "]";
        ManyImages images = (ManyImages) preparer().prepare(ImageSource.at(at("")));
        assertThat(images.parts()).hasSize(2);

        metadata = "[" + slice("1.2.3.1", 1, "0", 512) + "]";
        DecodedImage image = (DecodedImage) preparer().prepare(ImageSource.at(at("")));
        assertThat(image.grid().sample(4, 6, 0)).isEqualTo(1264);
    }

    @Test
    void asksOnceMoreForWhatNoDecoderReads() {
        stored = DicomFiles.jpeg2000();

        DecodedImage image = (DecodedImage) preparer().prepare(ImageSource.at(at("/instances/1.2.3.4")));

        assertThat(image.grid().sample(5, 7, 0)).isEqualTo(1264);
        assertThat(image.sha256()).as("the identity is that of what is stored").isEqualTo(Digest.of(stored));
        assertFails(FailureCode.UNSUPPORTED_TRANSFER_SYNTAX, "/image", () -> preparer()
                .prepare(ImageSource.at(at("/instances/1.2.3.500"))));
    }

    private ImagePreparer preparer() {
        return new ImagePreparer(new ImageFetcher(List.of(source), 1), DecoderCatalog.standard(LIMITS));
    }

    private URI at(String path) {
        return URI.create("dicomweb+" + server.origin() + SERIES + path);
    }

    private ImagePart part(String path, Optional<SlicePosition> slice) {
        return new ImagePart(Optional.of(at(path)), OptionalInt.empty(), slice);
    }

    private static String slice(String uid, int number, String along, int rows) {
        return """
                {"00080018":{"vr":"UI","Value":["%s"]},"00200013":{"vr":"IS","Value":[%d]},
                 "00200032":{"vr":"DS","Value":[-20,7,%s]},"00200037":{"vr":"DS","Value":[1,0,0,0,1,0]},
                 "00280010":{"vr":"US","Value":[%d]}}""".formatted(uid, number, along, rows);
    }
}
