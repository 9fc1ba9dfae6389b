package org.lesionstream.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker and its controller inside this process, for tests and for the demo.
 *
 * <ul>
 *   <li>It keeps its log and its ports in one folder: started again on that folder it is the same broker under the same address.
 *   <li>It listens on the loopback interface only, without authentication unless that is asked for.
 *   <li>Two listeners: one for clients, and one whose clients are told to come back by way of a relay, if there is one.
 *   <li>One replica of everything, and short waits for rebalances and sessions, because there is nobody else to wait for.
 *   <li>Topics are not created by asking for them, as in production: whoever needs one creates it.
 *   <li>Not for concurrent use: one thread starts, stops and closes it; clients may come from anywhere.
 * </ul>
 */
public final class LocalBroker implements AutoCloseable {

    private static final int NODE = 1;

    private final Path folder;
    private final int clientPort;
    private final int controllerPort;
    private final int relayedPort;
    private final OptionalInt relay;
    private final Optional<BrokerSecurity> security;
    private KafkaRaftServer server;

    private LocalBroker(Path folder, List<Integer> ports, OptionalInt relay, Optional<BrokerSecurity> security) {
        this.folder = folder;
        this.relay = relay;
        this.security = security;
        this.clientPort = ports.get(0);
        this.controllerPort = ports.get(1);
        this.relayedPort = ports.get(2);
    }

    /**
     * Starts a broker that keeps everything in {@code folder}, which is made if it is absent.
     *
     * @return the broker, ready for clients
     * @throws IllegalStateException when the broker does not start
     */
    public static LocalBroker start(Path folder) {
        return start(folder, OptionalInt.empty(), Optional.empty());
    }

    /**
     * The same with a relay before it, for clients whose connections shall be disturbed.
     *
     * @param relay port of the relay, which passes on to {@link #relayedPort}
     */
    public static LocalBroker startBehind(Path folder, int relay) {
        return start(folder, OptionalInt.of(relay), Optional.empty());
    }

    /** The same for clients that must come by TLS and say who they are; {@link #relayedPort} lets everybody do everything. */
    public static LocalBroker startSecured(Path folder, BrokerSecurity security) {
        return start(folder, OptionalInt.empty(), Optional.of(security));
    }

    private static LocalBroker start(Path folder, OptionalInt relay, Optional<BrokerSecurity> security) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot make the broker's folder " + folder, failure);
        }
        LocalBroker broker = new LocalBroker(
                folder.toAbsolutePath(), FreePorts.remembered(folder.resolve("ports"), 3), relay, security);
        broker.restart();
        return broker;
    }

    /** The address for clients, {@code host:port}; it stays the same over restarts. */
    public String bootstrapServers() {
        return "localhost:" + clientPort;
    }

    /** Where a relay reaches the broker. */
    public int relayedPort() {
        return relayedPort;
    }

    /** Stops the broker if it runs; its data stay. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Stops the broker if it runs, and starts it on the same folder and ports. */
    public void restart() {
        stop();
        Path log = folder.resolve("log");
        try {
            if (!Files.exists(log.resolve("meta.properties"))) {
                format(log);
            }
            KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings(log)), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (Exception failure) {
            throw new IllegalStateException("The Kafka broker in " + folder + " did not start", failure);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void format(Path log) throws Exception {
        // The formatter reports on a stream; it matters only when formatting fails, and then it throws.
        PrintStream report = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        new Formatter()
                .setPrintStream(report)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(security.map(BrokerSecurity::users).orElse(List.of()))
                .run();
    }

    private Map<String, String> settings(Path log) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "CLIENT://localhost:" + clientPort + ",CONTROLLER://localhost:" + controllerPort
                        + ",RELAYED://localhost:" + relayedPort);
        settings.put(
                "advertised.listeners",
                "CLIENT://localhost:" + clientPort + ",RELAYED://localhost:" + relay.orElse(relayedPort));
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,RELAYED:PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "4");
        // There is one node, so there is one copy.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // Nobody else will join, and whoever died should be noticed soon.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.consumer.min.session.timeout.ms", "1000");
        settings.put("group.consumer.session.timeout.ms", "6000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "500");
        settings.put("group.consumer.heartbeat.interval.ms", "500");
        settings.put("group.share.min.session.timeout.ms", "1000");
        settings.put("group.share.session.timeout.ms", "6000");
        settings.put("group.share.min.heartbeat.interval.ms", "500");
        settings.put("group.share.heartbeat.interval.ms", "500");
        settings.put("group.share.min.record.lock.duration.ms", "1000");
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // The default of 128 MB is for brokers with millions of keys.
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        security.map(BrokerSecurity::settings).ifPresent(settings::putAll);
        return settings;
    }
}
