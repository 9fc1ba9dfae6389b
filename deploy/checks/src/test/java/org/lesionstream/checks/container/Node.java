package org.lesionstream.checks.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.lesionstream.checks.kubernetes.Manifests;
import org.lesionstream.checks.kubernetes.Pods;

/**
 * Runs containers of manifests on this machine, each in the tree of its image, with the environment, arguments and mounts that the manifests say.
 *
 * <p>What a cluster would bring is given: folders for claims, values for Secrets, and addresses that replace those of the cluster.
 */
final class Node implements AutoCloseable {
    private final Path logs;
    private final Map<String, ImageTree> images;
    private final Map<String, Path> claims;
    private final Map<String, String> secrets;
    private final Map<String, String> addresses;
    private final List<Process> running = new ArrayList<>();

    /**
     * @param images trees by the name of their image, without version
     * @param claims folders by the name of a claim
     * @param secrets values by {@code secret/key}
     * @param addresses settings that take the place of those of the manifests
     */
    Node(
            Path logs,
            Map<String, ImageTree> images,
            Map<String, Path> claims,
            Map<String, String> secrets,
            Map<String, String> addresses) {
        this.logs = logs;
        this.images = images;
        this.claims = claims;
        this.secrets = secrets;
        this.addresses = addresses;
    }

    /** Runs a container to its end and answers its exit status. */
    int run(Manifests manifests, Pods.Container container, UnaryOperator<List<String>> arguments, long seconds)
            throws IOException, InterruptedException {
        Process process = start(manifests, container, Map.of(), arguments);
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError(container + " does not end: " + log(container));
        }
        return process.exitValue();
    }

    /** Runs a container to its end as the manifests say, which must be a success. */
    void succeed(Manifests manifests, Pods.Container container, long seconds) throws IOException, InterruptedException {
        if (run(manifests, container, UnaryOperator.identity(), seconds) != 0) {
            throw new AssertionError(container + " failed: " + log(container));
        }
    }

    /** Starts a container that shall stay. */
    Process start(
            Manifests manifests,
            Pods.Container container,
            Map<String, String> more,
            UnaryOperator<List<String>> arguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(container.environment(manifests));
        container.secrets().forEach((variable, key) -> environment.put(variable, secrets.get(key)));
        addresses.forEach((name, address) -> environment.computeIfPresent(name, (same, clusters) -> address));
        environment.putAll(more);
        Map<String, Path> volumes = new LinkedHashMap<>();
        container
                .claims()
                .forEach((place, claim) ->
                        volumes.put(place + (container.isReadOnly(place) ? ":ro" : ":rw"), claims.get(claim)));
        String image = container.image().substring(0, container.image().indexOf(':'));
        Process process = images.get(image)
                .program(environment, volumes, arguments.apply(container.arguments()))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(logFile(container).toFile()))
                .start();
        running.add(process);
        return process;
    }

    /** All that a container has said. */
    String log(Pods.Container container) throws IOException {
        return Files.readString(logFile(container));
    }

    private Path logFile(Pods.Container container) {
        return logs.resolve(container.pods().name() + "-" + container.name() + ".log");
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
