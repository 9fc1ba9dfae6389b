package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.worker.testing.TokenIssuer;

class TokenVerificationTest {
    private static final String LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ISSUER = "mp.jwt.verify.issuer";

    private final TokenIssuer issuer = new TokenIssuer();

    @TempDir
    private Path folder;

    @Test
    void saysWhatToSetWithoutAKey() {
        assertThatThrownBy(() -> require(Map.of(ISSUER, TokenIssuer.NAME)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MP_JWT_VERIFY_PUBLICKEY_LOCATION")
                .hasMessageContaining("LESIONSTREAM_API_AUTHENTICATION=off");
    }

    @Test
    void saysWhatToSetWithoutAnIssuer() {
        assertThatThrownBy(() -> require(Map.of("mp.jwt.verify.publickey", issuer.publicKey())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MP_JWT_VERIFY_ISSUER");
    }

    @Test
    void namesAFileThatIsNotThereOrHoldsNoKey() throws Exception {
        Path file = folder.resolve("key.pem");
        Map<String, String> settings = Map.of(LOCATION, file.toString(), ISSUER, TokenIssuer.NAME);
        assertThatThrownBy(() -> require(settings)).hasMessageContaining(file.toString());

        Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nnone\n-----END PUBLIC KEY-----\n");
        assertThatThrownBy(() -> require(settings)).hasMessageContaining("neither a public key in PEM for RS256");
    }

    @Test
    void takesAKeyFromAFileOrFromTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), issuer.publicKey());

        assertThatCode(() -> require(Map.of(LOCATION, file.toString(), ISSUER, TokenIssuer.NAME)))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(Map.of(LOCATION, file.toUri().toString(), ISSUER, TokenIssuer.NAME)))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(Map.of("mp.jwt.verify.publickey", issuer.publicKey(), ISSUER, TokenIssuer.NAME)))
                .doesNotThrowAnyException();
    }

    @Test
    void takesAKeySet() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), """
                {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                           "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
                """);

        assertThatCode(() -> require(Map.of(LOCATION, file.toString(), ISSUER, TokenIssuer.NAME)))
                .doesNotThrowAnyException();
    }

    @Test
    void needsNothingWhereNobodyIsAsked() {
        assertThatCode(() -> verification(Authentication.OFF, Map.of()).require())
                .doesNotThrowAnyException();
    }

    private static void require(Map<String, String> settings) {
        verification(Authentication.BEARER, settings).require();
    }

    private static TokenVerification verification(Authentication authentication, Map<String, String> settings) {
        return new TokenVerification(
                authentication,
                new SmallRyeConfigBuilder().withDefaultValues(settings).build());
    }
}
