package org.lesionstream.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.message.MaskReference;

/** Fetches masks from the worker, as its results say, and checks that they are the ones that were announced. */
final class MaskClient {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI worker;

    /** @param worker address of its HTTP interface */
    MaskClient(URI worker) {
        this.worker = worker;
    }

    /** @throws IOException when there is no mask, or another one than the result announced */
    LabelMask fetch(MaskReference mask) throws IOException {
        URI place = worker.resolve(mask.where());
        try {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(place).timeout(LIMIT).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("The worker answers " + answer.statusCode() + " for the mask " + place);
            }
            if (!Digest.of(answer.body()).equals(mask.sha256())) {
                throw new IOException("The mask " + place + " has another digest than its result announced");
            }
            return MaskPng.decode(answer.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while fetching " + place, interrupted);
        }
    }
}
