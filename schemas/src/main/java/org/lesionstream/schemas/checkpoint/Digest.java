package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 digest of some bytes (FIPS 180-4), which names them once and for all.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Digest(@JsonValue String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 16;

    @JsonCreator
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "hex must be 64 hexadecimal digits in lower case, had " + hex.length() + " characters");
        }
    }

    /** Digest of the given bytes. */
    public static Digest of(byte[] bytes) {
        MessageDigest sha256 = begun();
        sha256.update(bytes);
        return ended(sha256);
    }

    /** Digest of the content of a file, which is read in small pieces. */
    public static Digest of(Path file) throws IOException {
        MessageDigest sha256 = begun();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return ended(sha256);
    }

    /** A digest that is fed piece by piece, for {@link #ended}. */
    public static MessageDigest begun() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Digest of everything that one that was {@link #begun} was fed with. */
    public static Digest ended(MessageDigest sha256) {
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    /** The 32 bytes of the digest; a fresh array. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
