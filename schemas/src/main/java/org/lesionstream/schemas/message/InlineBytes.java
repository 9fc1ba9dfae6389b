package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * An encoded picture that travels inside its job; base64 (RFC 4648, section 4) in JSON.
 *
 * <p>Owns its array, which is not copied; nobody may change it. Equal to another with the same bytes. Prints its length, never its
 * content.
 */
public final class InlineBytes {

    private final byte[] bytes;

    /**
     * Takes over an array.
     *
     * @param bytes the file, at least one byte
     */
    @JsonCreator
    public InlineBytes(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("bytes must not be empty");
        }
        this.bytes = bytes;
    }

    /** The file; the array itself. */
    @JsonValue
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InlineBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "InlineBytes[" + bytes.length + "]";
    }
}
