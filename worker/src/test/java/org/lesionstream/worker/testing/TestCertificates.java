package org.lesionstream.worker.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of its own with one server, {@code localhost}, made by the JDK's keytool. */
public final class TestCertificates {
    public static final String STORE_PASSWORD = "store-password";

    private final Path folder;

    /**
     * Makes both.
     *
     * @param folder made here
     */
    public TestCertificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = Files.createDirectories(folder);
        pair("authority", "-dname", "CN=Test authority", "-ext", "bc:c");
        pair("server", "-dname", "CN=localhost");
        keytool("-certreq", "-alias", "server", "-file", path("server.csr"));
        keytool(
                "-gencert",
                "-alias",
                "authority",
                "-rfc",
                "-ext",
                "san=dns:localhost",
                "-infile",
                path("server.csr"),
                "-outfile",
                path("server.crt"));
        keytool("-exportcert", "-alias", "authority", "-rfc", "-file", path("authority.crt"));
        keytool("-importcert", "-alias", "server", "-noprompt", "-file", path("server.crt"));
        Files.writeString(
                key(),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(privateKey().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n",
                US_ASCII);
    }

    /** The authority, PEM. */
    public Path authority() {
        return folder.resolve("authority.crt");
    }

    /** The server's certificate, PEM. */
    public Path certificate() {
        return folder.resolve("server.crt");
    }

    /** The server's key, PEM. */
    public Path key() {
        return folder.resolve("server.key");
    }

    /** Key and certificates of both as PKCS12. */
    public Path store() {
        return folder.resolve("store.p12");
    }

    private void pair(String alias, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private Key privateKey() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store())) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        return keys.getKey("server", STORE_PASSWORD.toCharArray());
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }
}
