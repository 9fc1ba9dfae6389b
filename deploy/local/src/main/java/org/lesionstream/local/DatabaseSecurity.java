package org.lesionstream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * What a database demands of its clients: TLS and a password (SCRAM-SHA-256), and nothing else is let in.
 *
 * @param certificate of the server, PEM
 * @param key of the server, PKCS8 in PEM
 * @param authority whose signature clients trust, PEM
 * @param password of the superuser
 */
public record DatabaseSecurity(Path certificate, Path key, Path authority, String password) {

    /** Options of the server. */
    List<String> options() {
        return List.of("-c", "ssl=on", "-c", "ssl_cert_file=server.crt", "-c", "ssl_key_file=server.key");
    }

    /** Puts certificate, key and the rule for clients into the data folder. */
    void install(Path data) throws IOException {
        Files.copy(certificate, data.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        Path installed = Files.copy(key, data.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
    }

    /** What a client adds to the address, so that it talks to this server and to nobody else. */
    String parameters() {
        return "?sslmode=verify-full&sslrootcert=" + authority;
    }
}
