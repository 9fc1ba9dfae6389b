package org.lesionstream.worker.api;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.jwt.util.ResourceUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;

/**
 * Sees at the start that tokens can be verified, so that a worker without a key does not come up and refuse everybody, or worse,
 * nobody. How a token is verified follows the keys of MicroProfile JWT ({@code mp.jwt.*}).
 */
public final class TokenVerification {
    private static final Logger LOG = Logger.getLogger(TokenVerification.class);

    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    private static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String OR_OFF =
            ", or LESIONSTREAM_API_AUTHENTICATION=off where nobody but you can reach this worker.";

    private final Authentication authentication;
    private final Config config;

    public TokenVerification(Authentication authentication, Config config) {
        this.authentication = authentication;
        this.config = config;
    }

    /**
     * Looks whether there is a key, and who signs.
     *
     * @throws IllegalStateException if tokens are wanted and cannot be verified; the message says what to set
     */
    public void require() {
        if (authentication == Authentication.OFF) {
            LOG.warn(
                    "LESIONSTREAM_API_AUTHENTICATION=off: whoever reaches the HTTP interface may submit, read and replay");
            return;
        }
        Optional<String> key = value(KEY);
        Optional<String> location = value(LOCATION);
        if (key.isEmpty() && location.isEmpty()) {
            throw new IllegalStateException(
                    "The HTTP interface has no key to verify tokens with. Set MP_JWT_VERIFY_PUBLICKEY_LOCATION to a PEM or JWKS"
                            + " file, or MP_JWT_VERIFY_PUBLICKEY to the key itself, and MP_JWT_VERIFY_ISSUER to who signs"
                            + OR_OFF);
        }
        if (value(ISSUER).isEmpty()) {
            throw new IllegalStateException(
                    "The HTTP interface would believe tokens of any issuer that has the key. Set MP_JWT_VERIFY_ISSUER to the"
                            + " claim iss of your tokens" + OR_OFF);
        }
        if (key.isPresent()) {
            requireKey("MP_JWT_VERIFY_PUBLICKEY", key.get());
        } else if (!location.get().startsWith(ResourceUtils.HTTP_BASED_SCHEME)) {
            requireKey("The file of MP_JWT_VERIFY_PUBLICKEY_LOCATION", read(location.get()));
        }
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).filter(text -> !text.isBlank());
    }

    private static String read(String location) {
        Optional<IOException> failure = Optional.empty();
        try {
            String content = ResourceUtils.readResource(location);
            if (content != null) {
                return content;
            }
        } catch (IOException unreadable) {
            failure = Optional.of(unreadable);
        }
        throw new IllegalStateException(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION names a file that cannot be read: " + location, failure.orElse(null));
    }

    private void requireKey(String where, String content) {
        SignatureAlgorithm algorithm =
                value(ALGORITHM).map(SignatureAlgorithm::fromAlgorithm).orElse(SignatureAlgorithm.RS256);
        if (!isPem(content, algorithm) && !isKeySet(content)) {
            throw new IllegalStateException(
                    where + " is neither a public key in PEM for " + algorithm.getAlgorithm()
                            + " nor a JSON Web Key Set; MP_JWT_VERIFY_PUBLICKEY_ALGORITHM names another algorithm, such as ES256.");
        }
    }

    @SuppressWarnings("UnusedException") // the caller says what it is not
    private static boolean isPem(String content, SignatureAlgorithm algorithm) {
        try {
            return KeyUtils.decodePublicKey(content, algorithm) != null;
        } catch (GeneralSecurityException | IllegalArgumentException notOne) {
            return false;
        }
    }

    private static boolean isKeySet(String content) {
        List<JsonWebKey> keys = KeyUtils.loadJsonWebKeys(content);
        return keys != null && !keys.isEmpty();
    }
}
