package org.lesionstream.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a broker demands of its clients: TLS, a user with a password (SCRAM-SHA-512), and rights that somebody granted to him. Whoever comes
 * by the listener for relays needs none of it and may do everything, so that tests can grant rights.
 *
 * @param keyStore PKCS12 with key and certificate of the broker
 * @param storePassword opens it
 * @param passwords by user
 */
public record BrokerSecurity(Path keyStore, String storePassword, Map<String, String> passwords) {
    private static final String MECHANISM = "SCRAM-SHA-512";

    public BrokerSecurity {
        passwords = Map.copyOf(passwords);
    }

    /** The settings of the broker whose listener for clients is called {@code CLIENT}, and the one for relays {@code RELAYED}. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT,RELAYED:PLAINTEXT");
        settings.put("inter.broker.listener.name", "RELAYED");
        settings.put("listener.name.client.ssl.keystore.type", "PKCS12");
        settings.put("listener.name.client.ssl.keystore.location", keyStore.toString());
        settings.put("listener.name.client.ssl.keystore.password", storePassword);
        settings.put("listener.name.client.sasl.enabled.mechanisms", MECHANISM);
        settings.put(
                "listener.name.client.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        return settings;
    }

    /** The users as the storage formatter takes them. */
    List<String> users() {
        return passwords.entrySet().stream()
                .map(user -> MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .toList();
    }
}
