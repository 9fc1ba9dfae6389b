package org.lesionstream.worker.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Signs tokens as an identity provider does, with a key pair of its own. */
public final class TokenIssuer {
    public static final String NAME = "https://identity.test";
    public static final String AUDIENCE = "lesionstream";

    private final KeyPair keys;

    public TokenIssuer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Environment of a worker that believes this issuer; the key is written to the file. */
    public Map<String, String> trustedBy(Path keyFile) throws IOException {
        Files.writeString(keyFile, publicKey());
        return Map.of(
                "LESIONSTREAM_API_AUTHENTICATION",
                "bearer",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                keyFile.toString(),
                "MP_JWT_VERIFY_ISSUER",
                NAME);
    }

    /** In PEM. */
    public String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /** A token that is good for a quarter of an hour. */
    public String token(String subject, String... roles) {
        return claims(subject, roles).sign(keys.getPrivate());
    }

    /** What is in such a token, to be changed and signed. */
    public static JwtClaimsBuilder claims(String subject, String... roles) {
        return Jwt.issuer(NAME)
                .subject(subject)
                .audience(AUDIENCE)
                .groups(Set.of(roles))
                .expiresIn(Duration.ofMinutes(15));
    }
}
