package org.lesionstream.worker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAccessTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheFileThatKafkasToolsTake() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), """
                # who we are
                security.protocol=SASL_SSL
                sasl.mechanism=SCRAM-SHA-512
                ssl.truststore.location=/run/secrets/kafka/ca.crt
                """);

        assertThat(BrokerAccess.read("broker:9093", Optional.of(file)).properties())
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9093"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
                        Map.entry("ssl.truststore.location", "/run/secrets/kafka/ca.crt"));
        assertThat(BrokerAccess.read("broker:9092", Optional.empty()).properties())
                .containsOnly(Map.entry("bootstrap.servers", "broker:9092"));
    }

    @Test
    void letsNoFileTouchTheDeliveryPromise() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "isolation.level=read_uncommitted\n");

        assertThatThrownBy(() -> BrokerAccess.read("broker:9092", Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("isolation.level");
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> BrokerAccess.read("broker:9092", Optional.of(absent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(absent.toString());
    }

    @Test
    void neverPrintsAPassword() {
        BrokerAccess access = new BrokerAccess("broker:9093", Map.of("sasl.jaas.config", "password=\"secret\""));

        assertThat(access).asString().contains("broker:9093").doesNotContain("secret");
    }
}
