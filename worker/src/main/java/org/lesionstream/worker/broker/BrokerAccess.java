package org.lesionstream.worker.broker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where the broker is, and how a client proves who it is and knows whom it talks to. Prints the addresses alone: the rest holds
 * passwords.
 *
 * @param bootstrapServers host and port of one or more brokers
 * @param security properties of Kafka's clients that say how to connect; none for a broker without TLS and passwords
 */
public record BrokerAccess(String bootstrapServers, Map<String, String> security) {
    /** What a file may say. The other properties keep the delivery promise, and no file changes them. */
    private static final List<String> PREFIXES = List.of("security.", "sasl.", "ssl.", "config.providers");

    public BrokerAccess {
        requireNonNull(bootstrapServers, "bootstrapServers");
        security = Map.copyOf(security);
        security.keySet().stream()
                .filter(key -> PREFIXES.stream().noneMatch(key::startsWith))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "security must hold properties that begin with one of " + PREFIXES + ", one was " + key);
                });
    }

    /** A broker that lets everybody in. */
    public static BrokerAccess open(String bootstrapServers) {
        return new BrokerAccess(bootstrapServers, Map.of());
    }

    /**
     * A broker and the file of client properties that Kafka's own tools take as {@code --command-config}.
     *
     * @param clientProperties absent for a broker that lets everybody in
     * @throws IllegalArgumentException if the file cannot be read or holds properties that are not for a file to set; never says a
     *     value
     */
    public static BrokerAccess read(String bootstrapServers, Optional<Path> clientProperties) {
        return clientProperties
                .map(file -> new BrokerAccess(bootstrapServers, read(file)))
                .orElseGet(() -> open(bootstrapServers));
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "The file of Kafka's client properties cannot be read: " + file, unreadable);
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }

    /** What every client is told first; the caller's to add to. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(security);
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    @Override
    public String toString() {
        return "BrokerAccess[" + bootstrapServers + "]";
    }
}
