package org.lesionstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A real archive for medical images in a process of its own: Orthanc, where the packages {@code orthanc} and {@code orthanc-dicomweb} of Debian are
 * installed. Workers speak to it by DICOMweb; what tests and demo ask it themselves goes by Orthanc's own interface.
 *
 * <p>All of it lies in one folder. It ends with this JVM, unless the JVM is killed outright.
 */
public final class LocalArchive implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path DICOM_WEB = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final List<String> PACKAGES = List.of("orthanc", "orthanc-dicomweb", "dicom3tools");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // it closes connections that ask for more
            .build();
    private final URI address;
    private final ChildProcess server;

    private LocalArchive(URI address, ChildProcess server) {
        this.address = address;
        this.server = server;
    }

    /** Whether Orthanc is installed here. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.exists(DICOM_WEB);
    }

    /**
     * Installs it, with a validator for DICOM objects, where this is Debian or Ubuntu and we are root. A machine that starts services by itself then
     * also has Orthanc's own one.
     *
     * @param lastLine hears the last line of the log a few times per second
     * @throws IllegalStateException otherwise, or when it fails; the message says what to do, or holds the end of the log
     */
    public static void install(Path log, Consumer<String> lastLine) {
        if (!Files.isExecutable(APT) || !System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException(
                    "There is no Orthanc here. Install it, on Debian or Ubuntu by: apt-get install "
                            + String.join(" ", PACKAGES) + "; as root this is done for you");
        }
        apt(List.of("update"), log, lastLine);
        List<String> install = new ArrayList<>(List.of("install", "-y", "--no-install-recommends"));
        install.addAll(PACKAGES);
        apt(install, log, lastLine);
    }

    private static void apt(List<String> arguments, Path log, Consumer<String> lastLine) {
        List<String> command = new ArrayList<>(List.of(APT.toString()));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("DEBIAN_FRONTEND", "noninteractive");
        ChildProcess.start("apt-get " + arguments.get(0), program, log, ChildProcess.Signal.TERM)
                .awaitSuccess(INSTALL_LIMIT, lastLine);
    }

    /**
     * Starts an empty archive.
     *
     * @param folder made if it is absent; keeps images, settings and log
     * @throws IllegalStateException when it does not start; the message holds the end of its log
     */
    public static LocalArchive start(Path folder) {
        Path home = folder.toAbsolutePath();
        try {
            Files.createDirectories(home);
            int port = FreePorts.find(1).get(0);
            Path settings = Files.writeString(home.resolve("orthanc.json"), settings(home, port));
            ChildProcess server = ChildProcess.start(
                    "Orthanc",
                    new ProcessBuilder(PROGRAM.toString(), settings.toString()).directory(home.toFile()),
                    home.resolve("orthanc.log"),
                    ChildProcess.Signal.INT);
            LocalArchive archive = new LocalArchive(URI.create("http://127.0.0.1:" + port), server);
            server.awaitCondition("answers", START_LIMIT, archive::answers);
            return archive;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the archive's folder " + home, failure);
        }
    }

    /** Objects that come again take the place of the former, which Orthanc does not do unless it is told. */
    private static String settings(Path home, int port) throws IOException {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("StorageDirectory", home.resolve("images").toString());
        settings.put("IndexDirectory", home.resolve("images").toString());
        settings.put("HttpPort", port);
        settings.put("RemoteAccessAllowed", false);
        settings.put("AuthenticationEnabled", false);
        settings.put("DicomServerEnabled", false);
        settings.put("OverwriteInstances", true);
        settings.put("Plugins", List.of(DICOM_WEB.toString()));
        settings.put("DicomWeb", Map.of("Enable", true, "Root", "/dicom-web/", "Ssl", false));
        return new ObjectMapper().writeValueAsString(settings);
    }

    /** Scheme, host and port. */
    public URI origin() {
        return address;
    }

    /** Address of its DICOMweb service, without a slash at the end. */
    public URI dicomWeb() {
        return address.resolve("/dicom-web");
    }

    /** Version of Orthanc. */
    public String version() {
        return json(get("/system")).path("Version").asText();
    }

    /** Puts an object, a file of DICOM part 10, into the archive. */
    public void store(byte[] object) {
        HttpRequest request = request("/instances")
                .POST(HttpRequest.BodyPublishers.ofByteArray(object))
                .build();
        check(send(request), request);
    }

    /** The objects of a modality, such as {@code SEG}, each as it was stored. */
    public List<byte[]> objects(String modality) {
        HttpRequest request = request("/tools/find")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"Level\":\"Instance\",\"Query\":{\"Modality\":\"" + modality + "\"}}"))
                .build();
        List<byte[]> objects = new ArrayList<>();
        for (JsonNode id : json(check(send(request), request))) {
            objects.add(get("/instances/" + id.asText() + "/file"));
        }
        return objects;
    }

    /**
     * Waits until there are so many objects of a modality.
     *
     * @throws IllegalStateException when the archive ends first or the limit passes; the message holds the end of its log
     */
    public List<byte[]> awaitObjects(String modality, int count, Duration limit) {
        server.awaitCondition(
                "holds " + count + " objects of modality " + modality,
                limit,
                () -> objects(modality).size() >= count);
        return objects(modality);
    }

    @Override
    public void close() {
        server.end(ChildProcess.Signal.INT, STOP_LIMIT);
    }

    private boolean answers() {
        try {
            return http.send(request("/system").build(), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notYetListening) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the archive", interrupted);
        }
    }

    private byte[] get(String path) {
        HttpRequest request = request(path).build();
        return check(send(request), request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_LIMIT);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException silent) {
            throw new IllegalStateException("The archive does not answer." + server.logEnd(), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the archive", interrupted);
        }
    }

    private byte[] check(HttpResponse<byte[]> response, HttpRequest request) {
        if (response.statusCode() != OK) {
            throw new IllegalStateException("The archive answers " + response.statusCode() + " to " + request.method()
                    + " " + request.uri().getPath() + "." + server.logEnd());
        }
        return response.body();
    }

    private static JsonNode json(byte[] text) {
        try {
            return new ObjectMapper().readTree(new String(text, UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("The archive's answer is no JSON", failure);
        }
    }
}
