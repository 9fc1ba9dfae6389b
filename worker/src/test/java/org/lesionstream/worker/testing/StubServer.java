package org.lesionstream.worker.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine whose answers a test decides; it notes what it was asked. */
public final class StubServer implements AutoCloseable {

    /** Answers a request. */
    public interface Answers {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    public StubServer(Answers answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Accept") + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                answers.answer(exchange);
            }
        });
        server.start();
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked, in order: path, header Accept, header Authorization. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    public static byte[] multipart(String boundary, byte[] part) {
        byte[] begin = ("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n").getBytes(UTF_8);
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
        byte[] whole = new byte[begin.length + part.length + end.length];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(part, 0, whole, begin.length, part.length);
        System.arraycopy(end, 0, whole, begin.length + part.length, end.length);
        return whole;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
