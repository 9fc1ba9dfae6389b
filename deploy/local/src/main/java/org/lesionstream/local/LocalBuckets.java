package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real server for S3 in a process of its own: s3proxy, which keeps buckets as folders and checks signatures. Its libraries clash with those of a
 * worker, so {@code mvn -Ppeers -pl deploy/peers package} gathers them for the process alone.
 *
 * <p>It ends with this JVM, unless the JVM is killed outright.
 */
public final class LocalBuckets implements AutoCloseable {
    private static final Path LIBRARIES = Path.of("deploy", "peers", "target", "s3proxy");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 500;

    private final Path folder;
    private final int port;
    private final ChildProcess server;

    private LocalBuckets(Path folder, int port, ChildProcess server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /**
     * Whether its libraries were gathered.
     *
     * @param home root of the project
     */
    public static boolean isInstalled(Path home) {
        return Files.isDirectory(home.resolve(LIBRARIES));
    }

    /**
     * Starts a server with these buckets, empty.
     *
     * @param home root of the project
     * @param folder keeps objects, settings and log
     * @throws IllegalStateException when it does not start; the message holds the end of its log
     */
    public static LocalBuckets start(Path home, Path folder, List<String> buckets) {
        Path own = folder.toAbsolutePath();
        try {
            for (String bucket : buckets) {
                Files.createDirectories(own.resolve("buckets").resolve(bucket));
            }
            int port = FreePorts.find(1).get(0);
            Path settings = Files.write(
                    own.resolve("s3proxy.properties"),
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:" + port,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + accessKey(),
                            "s3proxy.credential=" + secretKey(),
                            "jclouds.provider=filesystem",
                            "jclouds.filesystem.basedir=" + own.resolve("buckets")));
            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-cp",
                    home.toAbsolutePath().resolve(LIBRARIES) + "/*",
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    settings.toString());
            ChildProcess server = ChildProcess.start(
                    "s3proxy", program.directory(own.toFile()), own.resolve("s3proxy.log"), ChildProcess.Signal.TERM);
            LocalBuckets started = new LocalBuckets(own.resolve("buckets"), port, server);
            server.awaitCondition("answers", START_LIMIT, started::answers);
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the server's folder " + own, failure);
        }
    }

    /** Scheme, host and port. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whom it lets in. */
    public static String accessKey() {
        return "known";
    }

    /** Of {@link #accessKey}. */
    public static String secretKey() {
        return "secret";
    }

    /** Where a bucket's objects lie, each in a file named by its key. */
    public Path bucket(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        server.end(ChildProcess.Signal.TERM, STOP_LIMIT);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYetListening) {
            return false;
        }
    }
}
